use crate::language::{NameKind, Syntax, Upos};
use crate::lexicon::{Atom, TimeRules};
use crate::model::Span;
use crate::text::Document;
use crate::time::{Field, Term};

/// Words that a rule took for a time, with what is needed to read them.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The words.
    pub span: Span,
    /// Their meaning.
    pub term: Term,
    /// The rule.
    pub rule: usize,
    /// The sentence, as an index into the document.
    pub sentence: usize,
    /// The paragraph.
    pub paragraph: u32,
    /// It stands at the beginning of its sentence, perhaps behind a preposition.
    pub opens: bool,
    /// The word before, lower case.
    pub before: String,
    /// The next candidate ends the range that this one begins.
    pub to_next: bool,
}

impl Candidate {
    /// Whether it stands in quotation marks, as far as the words shortly before it tell.
    pub fn is_quoted(&self, document: &Document<'_>) -> bool {
        const FAR: usize = 400;
        let end = self.span.start as usize;
        let mut start = end.saturating_sub(FAR);
        while !document.text.is_char_boundary(start) {
            start += 1;
        }
        let behind = document.text.get(start..end).unwrap_or_default();
        let behind = behind.rsplit("\n\n").next().unwrap_or_default();
        match behind.rfind(['"', '\u{201c}', '\u{201d}', '`']) {
            Some(at) if behind[at..].starts_with('"') => behind.matches('"').count() % 2 == 1,
            Some(at) => !behind[at..].starts_with('\u{201d}'),
            None => false,
        }
    }
}

/// All candidates of a document in the order of the text.
pub fn collect(document: &Document<'_>, syntax: Option<&Syntax>, rules: &TimeRules) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut atoms: Vec<Atom> = Vec::new();
    let sentences = &document.sentences;
    let mut at = 0;
    while at < sentences.len() {
        let first = &sentences[at];
        let same = |s: &&crate::text::Sentence| s.paragraph == first.paragraph && s.zone == first.zone;
        let count = sentences[at..].iter().take_while(same).count();
        let range = first.span.cover(sentences[at + count - 1].span);
        atoms.clear();
        rules.atoms(document.text, range, &mut atoms);
        for matched in rules.matches(document.text, &atoms) {
            if matched.term == Term::Nothing {
                continue;
            }
            let before = matched.first.checked_sub(1).map(|i| atoms[i].span.of(document.text).to_lowercase());
            let place = sentences.partition_point(|s| s.span.end <= matched.span.start);
            let place = place.min(sentences.len() - 1);
            let gap = matched.span.start.saturating_sub(sentences[place].span.start) as usize;
            let candidate = Candidate {
                paragraph: first.paragraph,
                opens: gap <= before.as_ref().map_or(0, |b| b.len() + 1),
                span: matched.span,
                term: matched.term,
                rule: matched.rule,
                sentence: place,
                before: before.unwrap_or_default(),
                to_next: matched.to_next,
            };
            if syntax.is_none_or(|s| plausible(document, s, &candidate)) {
                found.push(candidate);
            } else if let Some(last) = found.last_mut() {
                last.to_next = false;
            }
        }
        at += count;
    }
    found
}

/// Whether the syntax leaves a single word the chance to be a time: months, seasons and weekdays are no verbs and no
/// parts of persons' names.
fn plausible(document: &Document<'_>, syntax: &Syntax, candidate: &Candidate) -> bool {
    let tokens = document.tokens_in(candidate.span);
    if tokens.len() != 1 {
        return true;
    }
    let Some(word) = syntax.words.get(tokens.start) else { return true };
    match candidate.term.field() {
        Some(Field::Month(_) | Field::Season(_) | Field::Weekday(_) | Field::Lunation(_)) => {
            let verb = matches!(word.upos, Upos::Verb | Upos::Aux);
            let person = syntax
                .names
                .iter()
                .any(|n| n.kind == NameKind::Person && n.tokens.contains(&tokens.start) && n.tokens.len() > 1);
            // "President Clinton Saturday" is a habit of news writing, "Theresa May" is a name.
            let named = matches!(candidate.term.field(), Some(Field::Month(_) | Field::Lunation(_)));
            !verb && (!person || !named)
        }
        _ => true,
    }
}
