//! The mentions of a document, what is known of them so far, and the antecedents that each may have.

use std::collections::HashMap;

use super::form::Form;
use super::lexicon::{GENDERS, Gender, KINDS, Kind, Lexicon, SIGNATURE};
use super::mention::{Phrase, Tree, phrases};
use super::quotation::speakers;
use super::relation::{agree, clause_relation, name_relation, string_relation};
use super::rows::{self, bucket};
use super::traits::{ROLES, Reading, Role, Traits, Words, list, push};
use crate::language::syntax::{NameKind, Syntax};
use crate::text::Document;

/// How many earlier mentions are looked at, for each group of anaphors, besides those that the index finds. Others than
/// pronouns, names and definite phrases take up words that came before, or nothing.
const WINDOW: [usize; 6] = [40, 40, 30, 20, 40, 0];
/// How many clauses "this" may take up.
const CLAUSES: usize = 4;
/// Entities that the index keeps for a word.
const KEPT: usize = 4;
/// Most antecedents of one mention.
const MOST: usize = 80;

/// What is known of one thing after some mentions.
#[derive(Clone, Debug, Default)]
struct Entity {
    size: u32,
    last: u32,
    /// End of the mention that reaches furthest.
    reach: u32,
    lemmas: Words,
    /// Content words that its mentions had beside their heads.
    words: Words,
    name: Words,
    initials: u32,
    /// A bit for each gender, number and kind that a mention has shown.
    genders: u8,
    numbers: u8,
    kinds: u8,
    name_kind: Option<NameKind>,
}

/// The antecedents of a mention with the rows of each; the first stands for none.
#[derive(Debug, Default)]
pub struct Choices {
    /// Numbers of mentions; that of the first choice means nothing.
    pub antecedents: Vec<u32>,
    rows: Vec<u16>,
    ends: Vec<u32>,
}

impl Choices {
    fn clear(&mut self) {
        self.antecedents.clear();
        self.rows.clear();
        self.ends.clear();
    }

    /// The rows of a choice.
    pub fn rows(&self, choice: usize) -> &[u16] {
        let end = self.ends.get(choice).map_or(0, |&end| end as usize);
        let start = choice.checked_sub(1).and_then(|c| self.ends.get(c)).map_or(0, |&start| start as usize);
        self.rows.get(start..end).unwrap_or_default()
    }
}

/// The mentions of a document in their order, and the chains so far.
pub struct Desk {
    phrases: Vec<Phrase>,
    traits: Vec<Traits>,
    mention_rows: Vec<u16>,
    mention_ends: Vec<u32>,
    entities: Vec<Entity>,
    /// Entity of each mention that was read.
    entity: Vec<u32>,
    /// The last mentions by lemma of the head, by words of their name, by initials.
    index: HashMap<u32, [u32; KEPT]>,
    nominals: Vec<u32>,
    clauses: Vec<u32>,
    /// Head of the mention that speaks a quotation, plus one.
    speakers: Vec<u32>,
    /// Most mentions of one entity so far.
    largest: u32,
}

/// What is counted while the antecedents of a mention are looked at, nearest first.
#[derive(Default)]
struct Walk {
    agreeing: usize,
    subjects: usize,
}

impl Desk {
    /// Finds the mentions of a document.
    pub fn of(document: &Document<'_>, syntax: &Syntax, lexicon: Lexicon<'_>) -> Desk {
        let tree = Tree::of(&syntax.words);
        let reading = Reading::of(document, syntax, &tree, lexicon);
        let phrases = phrases(document, syntax, &tree);
        let traits: Vec<Traits> = phrases.iter().map(|p| reading.traits(p)).collect();
        let talk = traits.iter().filter(|t| matches!(t.form, Form::I | Form::You)).count();
        let chatter = match talk * 100 / traits.len().max(1) {
            0 => 0,
            1..=3 => 1,
            4..=11 => 2,
            _ => 3,
        };
        let (mut mention_rows, mut mention_ends) = (Vec::new(), Vec::new());
        let mut times: HashMap<(bool, u32), usize> = HashMap::new();
        for t in traits.iter().filter(|t| !t.form.is_pronoun()) {
            *times.entry((false, t.lemma)).or_default() += 1;
            *times.entry((true, t.text)).or_default() += 1;
        }
        for t in &traits {
            let times = [(false, t.lemma), (true, t.text)].map(|key| times.get(&key).copied().unwrap_or_default());
            rows::mention(t, chatter, times, &mut mention_rows);
            mention_ends.push(mention_rows.len() as u32);
        }
        let speakers = speakers(document, syntax, &tree, &reading.quotes);
        Desk {
            phrases,
            traits,
            mention_rows,
            mention_ends,
            entities: Vec::new(),
            entity: Vec::new(),
            index: HashMap::new(),
            nominals: Vec::new(),
            clauses: Vec::new(),
            speakers,
            largest: 0,
        }
    }

    /// The mentions, in their order.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// The rows of a mention as antecedent.
    pub fn mention_rows(&self, mention: usize) -> &[u16] {
        let end = self.mention_ends.get(mention).map_or(0, |&end| end as usize);
        let start = mention.checked_sub(1).and_then(|m| self.mention_ends.get(m)).map_or(0, |&start| start as usize);
        self.mention_rows.get(start..end).unwrap_or_default()
    }

    /// The choices of a mention, the first of which is to have no antecedent. Mentions before it have been
    /// [placed](Desk::place).
    pub fn choices(&self, mention: usize, choices: &mut Choices) {
        choices.clear();
        let t = &self.traits[mention];
        if t.form == Form::Clause {
            return;
        }
        // Place for the first choice, whose rows are known last.
        choices.antecedents.push(u32::MAX);
        let group = t.form.group();
        let window = WINDOW[group as usize];
        let recent = self.nominals.iter().rev().take(window).copied();
        choices.antecedents.extend(recent.filter(|&a| self.may_be(a as usize, t)));
        let oldest = self.nominals.len().checked_sub(window + 1).map_or(0, |at| self.nominals[at] + 1);
        for key in keys(t) {
            for &a in self.index.get(&key).into_iter().flatten() {
                if a < oldest && !choices.antecedents.contains(&a) && self.may_be(a as usize, t) {
                    choices.antecedents.push(a);
                }
            }
        }
        if matches!(t.form, Form::This | Form::That | Form::It | Form::Definite | Form::Demonstrative) {
            let near = self.clauses.iter().rev().take(CLAUSES).copied();
            choices.antecedents.extend(near.filter(|&a| self.may_be(a as usize, t)));
        }
        choices.antecedents.truncate(MOST);
        choices.antecedents[1..].sort_unstable_by(|a, b| b.cmp(a));
        self.new_rows(t, choices);
        let mut walk = Walk::default();
        for choice in 1..choices.antecedents.len() {
            let antecedent = choices.antecedents[choice] as usize;
            self.pair_rows(antecedent, mention, &mut walk, &mut choices.rows);
            choices.ends.push(choices.rows.len() as u32);
        }
    }

    /// Whether a mention can be the antecedent at all.
    fn may_be(&self, antecedent: usize, t: &Traits) -> bool {
        let a = &self.traits[antecedent];
        if a.form == Form::Vague && t.form != Form::Vague && !t.form.is_pronoun() {
            return false;
        }
        let entity = &self.entities[self.entity[antecedent] as usize];
        // No mention lies inside another of its chain.
        entity.reach <= t.start && !different_people(entity, t) && !different_sex(entity, t)
    }

    /// Says that a mention has an antecedent or none; to be called for each mention in turn.
    pub fn place(&mut self, mention: usize, antecedent: Option<usize>) {
        let t = &self.traits[mention];
        let entity = antecedent.and_then(|a| self.entity.get(a).copied()).unwrap_or_else(|| {
            self.entities.push(Entity::default());
            self.entities.len() as u32 - 1
        });
        self.entity.push(entity);
        let e = &mut self.entities[entity as usize];
        e.size += 1;
        e.last = mention as u32;
        e.reach = e.reach.max(t.end);
        self.largest = self.largest.max(e.size);
        if t.form == Form::Clause {
            self.clauses.push(mention as u32);
            return;
        }
        e.genders |= 1 << t.gender as u8;
        e.numbers |= 1 << t.number;
        e.kinds |= 1 << t.kind as u8;
        if !t.form.is_pronoun() && !list(&e.lemmas).contains(&t.lemma) {
            push(&mut e.lemmas, t.lemma);
        }
        for &word in list(&t.modifiers) {
            if !list(&e.words).contains(&word) {
                push(&mut e.words, word);
            }
        }
        if t.name.1 > e.name.1 {
            e.name = t.name;
            e.name_kind = t.name_kind;
        }
        if t.initials != 0 && e.initials == 0 {
            e.initials = t.initials;
        }
        self.nominals.push(mention as u32);
        for key in keys(&self.traits[mention]) {
            let slots = self.index.entry(key).or_insert([u32::MAX; KEPT]);
            let known = |slot: u32| self.entity.get(slot as usize).copied();
            // The last mention of each entity; where there is no room, the one that is spoken of least goes.
            let same = slots.iter().position(|&slot| known(slot) == Some(entity));
            let size = |slot: u32| known(slot).map_or(0, |e| self.entities[e as usize].size);
            let least = || (0..KEPT).min_by_key(|&k| (size(slots[k]), slots[k])).unwrap_or_default();
            let slot = same.unwrap_or_else(least);
            slots[slot] = mention as u32;
        }
    }

    /// Entity of each mention that was placed.
    pub fn entities(&self) -> &[u32] {
        &self.entity
    }

    fn new_rows(&self, t: &Traits, choices: &mut Choices) {
        let group = t.form.group() as usize;
        let (mut same_lemma, mut same_text, mut named, mut agreeing) = (0, 0, 0, 0);
        for &a in &choices.antecedents[1..] {
            let a = &self.traits[a as usize];
            same_lemma += usize::from(a.lemma == t.lemma);
            same_text += usize::from(a.text == t.text);
            if t.name.1 > 0 && a.name.1 > 0 {
                let relation = name_relation(&a.name, a.initials, &t.name, t.initials);
                named = named.max(match relation {
                    1 => 2,
                    2..=6 => 1,
                    _ => 0,
                });
            }
            agreeing += usize::from(agree(a, t) && t.sentence - a.sentence.min(t.sentence) <= 2);
        }
        choices.rows.push(rows::new(0, t.form as usize));
        choices.rows.push(rows::new(1, group * 4 + same_lemma.min(3)));
        choices.rows.push(rows::new(2, group * 3 + same_text.min(2)));
        choices.rows.push(rows::new(3, named * KINDS + if t.name.1 > 0 { t.kind as usize } else { 0 }));
        choices.rows.push(rows::new(4, group * 6 + bucket(agreeing).min(5)));
        choices.rows.push(rows::new(5, group * 4 + bucket(t.sentence as usize).min(3)));
        choices.ends.push(choices.rows.len() as u32);
    }

    fn pair_rows(&self, antecedent: usize, mention: usize, walk: &mut Walk, out: &mut Vec<u16>) {
        let (a, t) = (&self.traits[antecedent], &self.traits[mention]);
        let e = &self.entities[self.entity[antecedent] as usize];
        let group = t.form.group() as usize;
        let by_group = |n: usize, value: usize| group * n + value;
        let sentences = (t.sentence - a.sentence.min(t.sentence)) as usize;
        let mut push = |template: usize, value: usize| out.push(rows::pair(template, value));
        push(0, by_group(9, bucket(sentences).min(8)));
        push(1, by_group(11, bucket(mention - antecedent)));
        let strings = string_relation(a, t);
        push(2, by_group(9, strings));
        let names = name_relation(&a.name, a.initials, &t.name, t.initials);
        let kinds = match (a.name_kind, t.name_kind) {
            (Some(a), Some(t)) if a == t => 1,
            (Some(_), Some(_)) => 2,
            _ => 0,
        };
        push(3, (names * 3 + kinds) * 2 + usize::from(t.kind == Kind::Person));
        push(4, by_group(9, usize::from(a.number * 3 + t.number)));
        push(5, a.gender as usize * GENDERS + t.gender as usize);
        push(6, a.kind as usize * KINDS + t.kind as usize);
        push(7, a.form as usize * super::form::FORMS + t.form as usize);
        push(8, clause_relation(a, t) * 2 + usize::from(t.reflexive));
        push(9, (a.role as usize * ROLES + t.role as usize) * 3 + sentences.min(2));
        let quotes = match (a.quote, t.quote) {
            (0, 0) => 0,
            (_, 0) => 1,
            (0, _) => 2,
            (a, t) if a == t => 3,
            _ => 4,
        };
        push(10, by_group(5, quotes));
        push(11, self.speaking(a, t));
        push(
            12,
            by_group(2, usize::from(a.governor_lemma == t.governor_lemma && a.role == t.role && t.governor_lemma != 0)),
        );
        if !t.form.is_pronoun() && !a.form.is_pronoun() && t.noun.cluster > 0 && a.noun.cluster > 0 {
            let different = (a.noun.signature ^ t.noun.signature).count_ones().min(SIGNATURE);
            push(13, by_group(9, (different as usize / 2).min(8)));
        }
        push(14, by_group(6, bucket(e.size as usize).min(5)));
        let genders = match (e.genders, t.gender) {
            (_, Gender::Unknown) => 0,
            (known, t) if known & 1 << t as u8 != 0 => 1,
            (known, Gender::Male) if known & 1 << Gender::Female as u8 != 0 => 2,
            (known, Gender::Female) if known & 1 << Gender::Male as u8 != 0 => 2,
            _ => 3,
        };
        push(15, by_group(4, genders));
        let numbers = match (e.numbers & 6, t.number) {
            (_, 0) | (0, _) => 0,
            (known, n) if known == 1 << n => 1,
            (known, n) if known & 1 << n == 0 => 2,
            _ => 3,
        };
        push(16, by_group(4, numbers));
        push(17, by_group(11, name_relation(&e.name, e.initials, &t.name, t.initials)));
        let lemma = list(&e.lemmas).contains(&t.lemma);
        push(18, by_group(4, usize::from(lemma) * 2 + usize::from(e.name.1 > 0)));
        let since = (mention - e.last as usize).min(mention - antecedent);
        push(19, by_group(7, if e.last as usize == antecedent { 0 } else { 1 + bucket(since).min(5) }));
        let agrees = agree(a, t);
        if agrees {
            push(20, by_group(5, walk.agreeing.min(4)));
        }
        let subject = agrees && a.role == Role::Subject;
        if subject {
            push(21, by_group(4, walk.subjects.min(3)));
        }
        walk.agreeing += usize::from(agrees);
        walk.subjects += usize::from(subject);
        push(22, by_group(3, (a.sentence as usize).min(2)));
        push(23, by_group(2, usize::from(a.paragraph == t.paragraph)));
        let frequent =
            usize::from(e.size == self.largest) + usize::from(e.size * 2 >= self.largest) + usize::from(e.size > 1);
        push(24, by_group(8, frequent * 2 + usize::from(e.size > 4)));
        let same_kind = e.kinds & 1 << t.kind as u8 != 0;
        push(
            25,
            by_group(
                8,
                usize::from(same_kind) * 4 + usize::from(t.kind == Kind::Unknown) * 2 + usize::from(e.kinds & 2 != 0),
            ),
        );
        push(26, bucket(sentences).min(3) * 16 + strings.min(15));
        if !t.form.is_pronoun() {
            let (words, lemmas) = (list(&e.words), list(&e.lemmas));
            let head = if lemmas.contains(&t.lemma) { 2 } else { usize::from(words.contains(&t.lemma)) };
            let known = list(&t.modifiers).iter().filter(|w| words.contains(w) || lemmas.contains(w)).count();
            let rest = match (known, usize::from(t.modifiers.1)) {
                (_, 0) => 0,
                (0, _) => 1,
                (n, all) if n < all => 2,
                _ => 3,
            };
            push(28, by_group(15, (head * 4 + rest) + if e.lemmas.1 == 0 { 3 } else { 0 }));
        }
        push(27, by_group(4, usize::from(a.parts & 2 != 0) + 2 * usize::from(t.parts & 2 != 0)));
    }

    /// How "I" and the speaker of a quotation belong together.
    fn speaking(&self, a: &Traits, t: &Traits) -> usize {
        let speaker = |quote: u32| self.speakers.get(quote as usize).copied().unwrap_or_default();
        let (inside, outside, from_quote) = match (a.form, t.form) {
            (Form::I, Form::I) if a.quote > 0 && t.quote > 0 => {
                let (a, t) = (speaker(a.quote), speaker(t.quote));
                return if a == 0 || t == 0 {
                    6
                } else if a == t {
                    7
                } else {
                    8
                };
            }
            (_, Form::I) => (t, a, 0),
            (Form::I, _) => (a, t, 3),
            _ => return 0,
        };
        match speaker(inside.quote) {
            0 => 0,
            head if head == outside.head + 1 => 1 + from_quote / 3,
            _ => 3 + from_quote / 3,
        }
    }
}

/// What the index finds a mention by.
fn keys(t: &Traits) -> impl Iterator<Item = u32> {
    let initials = Some(t.initials).filter(|&i| i != 0).map(|i| i ^ 0x5bd1_e995);
    let head = Some(if t.form.is_pronoun() { t.form as u32 } else { t.lemma });
    let name = t.name;
    head.into_iter().chain(initials).chain((0..usize::from(name.1)).map(move |k| name.0[k])).take(6)
}

/// Whether a name is that of another person than the one known: both have more than one word, and neither has all words
/// of the other.
fn different_people(e: &Entity, t: &Traits) -> bool {
    e.name_kind == Some(NameKind::Person)
        && t.name_kind == Some(NameKind::Person)
        && e.name.1 > 1
        && t.name.1 > 1
        && matches!(name_relation(&e.name, 0, &t.name, 0), 7 | 8)
}

/// Whether a man would be a woman.
fn different_sex(e: &Entity, t: &Traits) -> bool {
    let shown = |gender: Gender| e.genders & 1 << gender as u8 != 0;
    match t.gender {
        Gender::Male => shown(Gender::Female),
        Gender::Female => shown(Gender::Male),
        _ => false,
    }
}
