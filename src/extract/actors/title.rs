use std::ops::Range;

use super::person::{gender_of, same_person};
use super::phrase::{country_in, lemma_of, role_noun, sector_of};
use super::reader::Reader;
use crate::language::{Deprel, Upos};
use crate::lexicon::{Gender, Leader};
use crate::model::{Actor, ActorKind, Country, MentionKind, Sector};
use crate::text::fold;

/// What the words beside a name tell of its bearer.
pub(super) struct Title {
    words: String,
    noun: String,
    country: Option<Country>,
    sector: Option<Sector>,
    gender: Option<Gender>,
}

impl Reader<'_> {
    pub(super) fn person(&mut self, range: Range<usize>, rule: &str) {
        let tree = self.tree;
        let range = self.without_title(range);
        let name = tree.document.words(tree.document.span_of(range.clone())).trim_end_matches(['\'', '’']).to_owned();
        // A title before signs: "Mr. ***" is nobody.
        if !fold(&name).contains(char::is_alphanumeric) {
            return;
        }
        let head = tree.head_of_range(range.clone());
        let title = self.title_before(range.start).or_else(|| self.title_beside(head));
        let leader = self.leader(&name, title.as_ref());
        let full = leader.as_ref().map_or(name.as_str(), |l| l.name);
        let known = self.cast.actors.iter().rposition(|a| {
            a.kind == Some(ActorKind::Person)
                && a.rule != "role-noun"
                && (same_person(&a.name, &name) || a.rule == "known-leader" && a.name == full)
        });
        let actor = match known {
            Some(actor) => {
                let entry = &mut self.cast.actors[actor];
                if entry.name != name && !entry.aliases.contains(&name) {
                    entry.aliases.push(name.clone());
                }
                let fuller = name.split_whitespace().count() > entry.name.split_whitespace().count();
                if fuller && entry.rule != "known-leader" {
                    let old = std::mem::replace(&mut entry.name, name.clone());
                    entry.aliases.retain(|a| *a != name);
                    if !entry.aliases.contains(&old) {
                        entry.aliases.push(old);
                    }
                }
                actor
            }
            None => {
                self.cast.actors.push(Actor {
                    name: full.to_owned(),
                    kind: Some(ActorKind::Person),
                    country: leader.as_ref().and_then(|l| l.country),
                    sector: leader.as_ref().and_then(|l| l.sector),
                    aliases: Some(name.clone()).filter(|n| n != full).into_iter().collect(),
                    title: None,
                    rule: if leader.is_some() { "known-leader" } else { rule }.to_owned(),
                });
                self.cast.actors.len() - 1
            }
        };
        self.memory.gender(actor, self.lexicon.words.first_name(tree.word(range.start)));
        if let Some(title) = title {
            self.learn_title(actor, title);
        }
        // "Lake Como", "the Merz government": a name that only modifies takes part in nothing.
        if self.tree.rel(head) == Deprel::Compound && self.tree.head(head).is_some_and(|h| h > head) {
            return;
        }
        self.mention(head, actor, MentionKind::Name, rule);
    }

    /// The leader that a name means, unless the article introduces another bearer of it.
    fn leader(&self, name: &str, title: Option<&Title>) -> Option<Leader<'_>> {
        let leader = self.lexicon.leaders.find(name, self.year)?;
        let country = title.and_then(|t| t.country);
        let trade = title.and_then(|t| t.sector).filter(|s| !is_public(*s) && leader.sector != Some(*s));
        let other = country.is_some_and(|c| leader.country.is_some_and(|l| l != c)) || trade.is_some();
        (!other).then_some(leader)
    }

    /// The name without titles that the model took for a part of it: "Prime Minister Donald Tusk".
    fn without_title(&self, range: Range<usize>) -> Range<usize> {
        let mut start = range.start;
        while start + 1 < range.end
            && (role_noun(self.tree, self.lexicon, start).is_some_and(|r| r.kind == ActorKind::Person)
                || matches!(
                    self.tree.lower(start).trim_end_matches('.'),
                    "mr" | "mrs"
                        | "ms"
                        | "dr"
                        | "sir"
                        | "lady"
                        | "lord"
                        | "prime"
                        | "vice"
                        | "former"
                        | "defence"
                        | "foreign"
                        | "chief"
                        | "defense"
                        | "acting"
                        | "deputy"
                        | "interior"
                        | "finance"
                ))
        {
            start += 1;
        }
        start..range.end
    }

    fn learn_title(&mut self, actor: usize, title: Title) {
        let entry = &mut self.cast.actors[actor];
        entry.country = entry.country.or(title.country);
        entry.sector = title.sector.filter(|s| *s == Sector::Former).or(entry.sector).or(title.sector);
        if entry.title.is_none() {
            entry.title = Some(title.words);
        }
        self.memory.title(actor, title.noun, title.gender);
    }

    /// The title that stands right before a name: "Ukrainian President", "Kremlin spokesman".
    pub(super) fn title_before(&self, start: usize) -> Option<Title> {
        let tree = self.tree;
        let sentence = tree.document.sentences[tree.document.sentence_of(start)].tokens.start;
        let mut first = start;
        let mut noun = None;
        while first > sentence && start - first < 9 {
            let t = first - 1;
            let joins = matches!(tree.pos(t), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Part)
                || matches!(tree.lower(t).as_str(), "of" | "'s" | "’s" | "for" | "and" | "-");
            if !joins {
                break;
            }
            first = t;
            if noun.is_none() && role_noun(tree, self.lexicon, t).is_some_and(|r| r.kind == ActorKind::Person) {
                // The name must follow the noun at once, or the noun heads a phrase that does ("Secretary of State").
                noun = Some(t);
            }
        }
        let noun = noun.or_else(|| {
            // "Mr", "Mrs", "Dr" tell that it is a person and nothing more.
            let t = start.checked_sub(1).filter(|t| *t >= sentence)?;
            matches!(tree.lower(t).trim_end_matches('.'), "mr" | "mrs" | "ms" | "dr" | "sir" | "lady" | "lord")
                .then_some(t)
        })?;
        while matches!(tree.lower(first).as_str(), "of" | "'s" | "’s" | "for" | "and" | "-") && first < noun {
            first += 1;
        }
        Some(self.title(noun, first..start))
    }

    /// The title in apposition: "Friedrich Merz, the German chancellor", "Germany's chancellor, Friedrich Merz".
    fn title_beside(&self, head: usize) -> Option<Title> {
        let tree = self.tree;
        let above = (tree.rel(head) == Deprel::Appos).then(|| tree.head(head)).flatten();
        let noun = above.or_else(|| tree.first(head, &[Deprel::Appos]))?;
        let role = role_noun(tree, self.lexicon, noun)?;
        (role.kind == ActorKind::Person && tree.name(noun).is_none()).then(|| self.title(noun, tree.phrase(noun)))
    }

    fn title(&self, noun: usize, range: Range<usize>) -> Title {
        let tree = self.tree;
        let lemma = lemma_of(tree, noun);
        Title {
            words: tree.document.words(tree.document.span_of(range.clone())).to_owned(),
            country: country_in(tree, self.lexicon, range),
            sector: sector_of(tree, self.lexicon, self.year, noun),
            gender: gender_of(&lemma),
            noun: lemma,
        }
    }
}

/// Sectors that hold or seek office.
fn is_public(sector: Sector) -> bool {
    matches!(
        sector,
        Sector::Government
            | Sector::Military
            | Sector::Opposition
            | Sector::Legislature
            | Sector::Judiciary
            | Sector::Party
            | Sector::Igo
            | Sector::Rebels
            | Sector::Former
    )
}
