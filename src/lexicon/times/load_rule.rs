//! One rule: checked, compiled, and put into the tries.

use toml::Spanned;

use super::file::{File, Rule};
use super::grammar::{Accept, Production};
use super::load::{Loader, Place};
use super::pattern::{self, Piece};
use super::template::{self, Ty};
use super::{Beside, TimeExample, TimeRule};
use crate::lexicon::{DataFile, LexiconError, Sym};

impl Loader {
    pub fn rule(&mut self, file: &DataFile, content: &File, spanned: &Spanned<Rule>) -> Result<(), LexiconError> {
        let place = Place { file, at: spanned.span().start };
        let rule = spanned.get_ref();
        self.take_name(&rule.name, "rule", &place)?;
        if rule.example.is_empty() || rule.reject.is_empty() {
            let what = if rule.example.is_empty() { "example" } else { "reject" };
            return Err(place.error(
                format!("rule \"{}\" has no {what}", rule.name),
                "give at least one example and one reject: a sentence it must understand, and one it must leave alone",
            ));
        }
        let at_pattern = Place { file, at: rule.pattern.span().start };
        let sequences = pattern::parse(rule.pattern.get_ref())
            .map_err(|e| at_pattern.error(format!("pattern of \"{}\": {e}", rule.name), "mend the pattern"))?;
        // The slots of the rule, each once, with their types.
        let mut slots: Vec<(String, Ty)> = Vec::new();
        for (_, piece) in sequences.iter().flatten() {
            if let Piece::Slot(takes, label) = piece {
                let kind = self.kind(takes, &at_pattern)?;
                if !slots.iter().any(|s| *s.0 == **label) {
                    slots.push((label.to_string(), self.grammar.kinds[kind].ty));
                }
            }
        }
        let at_value = Place { file, at: rule.value.span().start };
        let (template, ty) = template::parse(rule.value.get_ref(), &slots).map_err(|e| {
            at_value.error(format!("value of \"{}\": {e}", rule.name), "see the table of operations in data/README.md")
        })?;
        let makes = rule.makes.as_ref().or(content.makes.as_ref());
        let kind = makes.and_then(|m| self.grammar.kind(m));
        let wanted = kind.map_or(Ty::Term, |k| self.grammar.kinds[k].ty);
        let stands_alone = !rule.inner;
        if !ty.fits(wanted) || stands_alone && !ty.fits(Ty::Term) {
            return Err(at_value.error(
                format!("the value of \"{}\" is a {}, not a {}", rule.name, ty.name(), wanted.name()),
                "make the value of that type, or set inner = true and makes to a phrase of its type",
            ));
        }
        let number = self.rules.len();
        let production = self.grammar.productions.len();
        let mut used = Vec::new();
        template.slots(&mut used);
        let ends = template.ends();
        self.grammar.productions.push(Production {
            template,
            rank: rule.rank,
            rule: Some(number),
            capital: rule.capital,
            ends,
        });
        let after = self.beside(&rule.after, &place)?;
        let tops = self.tops(&after);
        for sequence in &sequences {
            let labels: Vec<&str> = sequence
                .iter()
                .filter_map(|(_, p)| if let Piece::Slot(_, l) = p { Some(&**l) } else { None })
                .collect();
            let mut places = Vec::with_capacity(slots.len());
            for (i, (label, _)) in slots.iter().enumerate() {
                let found = labels.iter().position(|l| l == label);
                if found.is_none() && used.contains(&i) {
                    return Err(at_pattern.error(
                        format!(
                            "rule \"{}\" uses <{label}> in its value, but the pattern can match without it",
                            rule.name
                        ),
                        "write two rules, or take the slot out of the brackets",
                    ));
                }
                places.push(found.unwrap_or(0));
            }
            // A slot that the value does not use may be missing; its place is never read.
            let places = if labels.is_empty() { Vec::new() } else { places };
            let tests = self.tests(sequence, &at_pattern)?;
            if stands_alone {
                for root in &tops {
                    self.grammar.add(*root, &tests, Accept { production, slots: places.clone() });
                }
            }
            if let Some(root) = kind.and_then(|k| self.roots.get(&k).copied()) {
                self.grammar.add(root, &tests, Accept { production, slots: places });
            }
        }
        let line = |at: usize| self.line(file, at);
        let compiled = TimeRule {
            name: rule.name.clone(),
            group: content.group.clone(),
            file: file.name.clone(),
            line: line(spanned.span().start),
            narrative: rule.narrative,
            note: rule.note.clone(),
            examples: rule
                .example
                .iter()
                .map(|e| {
                    let (line, e) = (line(e.span().start), e.get_ref());
                    TimeExample {
                        text: e.text.clone(),
                        span: e.span.clone(),
                        value: e.value.clone(),
                        kind: e.kind.clone(),
                        modifier: e.modifier.clone(),
                        edtf: e.edtf.clone(),
                        dct: e.dct.clone(),
                        line,
                    }
                })
                .collect(),
            rejects: rule
                .reject
                .iter()
                .map(|r| TimeExample {
                    text: r.get_ref().clone(),
                    span: String::new(),
                    value: String::new(),
                    kind: None,
                    modifier: None,
                    edtf: None,
                    dct: None,
                    line: line(r.span().start),
                })
                .collect(),
            after,
            before: self.beside(&rule.before, &place)?,
            not_after: self.beside(&rule.not_after, &place)?,
            not_before: self.beside(&rule.not_before, &place)?,
        };
        for example in &compiled.examples {
            if !example.text.contains(&example.span) || example.span.is_empty() {
                return Err(LexiconError {
                    file: file.name.clone(),
                    line: example.line,
                    problem: format!("the span \"{}\" is not in the text of the example", example.span),
                    fix: "copy the words of the time expression from the text".into(),
                });
            }
        }
        self.rules.push(compiled);
        Ok(())
    }

    /// The tries that a rule belongs to: one for each word that it may follow if these are few, so that it is not even
    /// tried elsewhere; else the one of all rules.
    fn tops(&mut self, after: &[Beside]) -> Vec<usize> {
        const FEW: usize = 4;
        let words: Option<Vec<Sym>> =
            after.iter().map(|b| if let Beside::Word(sym) = b { Some(*sym) } else { None }).collect();
        match words.filter(|w| (1..=FEW).contains(&w.len())) {
            None => vec![self.top_root],
            Some(words) => words
                .into_iter()
                .map(|word| {
                    let grammar = &mut self.grammar;
                    *self.after_roots.entry(word).or_insert_with(|| grammar.add_root())
                })
                .collect(),
        }
    }
}
