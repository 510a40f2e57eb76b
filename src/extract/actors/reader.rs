use std::ops::Range;

use super::cast::Cast;
use super::fold::fold_name;
use super::home::lend_countries;
use super::person::{gender_of, same_person};
use super::phrase::{acts, country_at, country_in, lemma_of, organisation_at, role_noun, sector_of};
use super::resolve::Memory;
use crate::extract::Lexicon;
use crate::extract::tree::Tree;
use crate::language::coref::quotation::quotations;
use crate::language::{Deprel, Name, NameKind, Upos};
use crate::lexicon::{List, Organisation};
use crate::model::{Actor, ActorKind, ActorMention, Country, MentionKind, Sector};
use crate::text::fold;
use crate::time::is_calendar_name;

/// Reads the cast word by word; it only grows.
pub(super) struct Reader<'a> {
    pub(super) tree: &'a Tree<'a>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) year: Option<i32>,
    pub(super) cast: Cast,
    pub(super) memory: Memory,
    /// Tokens before this one are part of a name that has been read.
    taken: usize,
    /// Names of bodies with what the role noun before them says: kind, country, sector.
    introduced: Vec<(usize, ActorKind, Option<Country>, Option<Sector>)>,
    /// Number of the quotation of each token, from 1.
    pub(super) quotes: Vec<u32>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(tree: &'a Tree<'a>, lexicon: &'a Lexicon, year: Option<i32>) -> Reader<'a> {
        let quotes = quotations(tree.document);
        Reader {
            tree,
            lexicon,
            year,
            cast: Cast::default(),
            memory: Memory::default(),
            taken: 0,
            introduced: Vec::new(),
            quotes,
        }
    }

    /// The cast of the whole document.
    pub(super) fn read(mut self) -> Cast {
        for token in 0..self.tree.len() {
            self.token(token);
        }
        lend_countries(self.lexicon, &mut self.cast);
        // "The US commander, General David Petraeus, held talks": the head of the subject is the commander.
        for (noun, name) in self.memory.names() {
            if let (None, Some(actor)) = (self.cast.actor_at(noun), self.cast.actor_at(name)) {
                self.cast.by_head.insert(noun, actor);
            }
        }
        // "Dutch chip maker Velda NV": what the noun says of it.
        for (name, kind, country, sector) in std::mem::take(&mut self.introduced) {
            let Some(actor) = self.cast.actor_at(name).map(|a| &mut self.cast.actors[a]) else { continue };
            if actor.kind.is_none_or(|k| k == ActorKind::Organisation) {
                actor.kind = actor.kind.or(Some(kind));
                (actor.country, actor.sector) = (actor.country.or(country), actor.sector.or(sector));
            }
        }
        self.cast
    }

    fn token(&mut self, token: usize) {
        let tree = self.tree;
        // Signs alone name nobody, whatever the model takes them for.
        if token < self.taken || !fold(tree.word(token)).contains(char::is_alphanumeric) {
            return;
        }
        // "Neighbouring Niger" is Niger.
        if matches!(tree.lower(token).as_str(), "neighbouring" | "neighboring") {
            return;
        }
        let end = tree.document.sentences[tree.document.sentence_of(token)].tokens.end;
        if let Some((known, end)) = organisation_at(tree, self.lexicon, self.year, token, end)
            && self.known(token..end, known)
        {
            self.taken = end;
            return;
        }
        if let Some(name) = tree.name(token).filter(|n| self.is_bare_role(n)) {
            // "the Mongolian President": what the model took for a name is an office.
            self.taken = name.tokens.end;
            return self.role(tree.head_of_range(name.tokens.clone()));
        }
        if let Some(name) = tree.name(token) {
            // A country word may be all of a name, or a demonym inside one ("Russian Navy").
            let country = country_at(tree, self.lexicon, token, name.tokens.end).filter(|(_, _, end)| {
                // A first name stays one ("Jordan", "Sofia"); "Kigali" is a capital whatever the model took it for.
                let first_name = self.lexicon.words.first_name(tree.word(token)).is_some();
                *end == name.tokens.end && (name.kind != NameKind::Person || !first_name)
            });
            let tokens = name.tokens.start..self.end_of_name(name);
            self.taken = tokens.end;
            match country {
                Some((how, code, end)) => self.country(token..end, how, code),
                None if name.kind != NameKind::Person && self.follows_title(name.tokens.start) => {
                    self.person(name.tokens.clone(), "person-name-behind-title");
                }
                None => self.name(tokens, name.kind),
            }
            return;
        }
        if let Some((how, code, end)) = country_at(tree, self.lexicon, token, end)
            && (token..end).all(|t| tree.name(t).is_none())
        {
            self.taken = end;
            return self.country(token..end, how, code);
        }
        match tree.pos(token) {
            Upos::Propn if tree.head(token).is_none_or(|h| !in_run(tree, token, h)) => {
                let run = proper_run(tree, token);
                self.taken = run.end;
                self.unknown_name(run);
            }
            Upos::Noun | Upos::Propn | Upos::Adj => match self.both(token) {
                Some(pair) => drop(self.cast.pairs.insert(token, pair)),
                None => self.role(token),
            },
            Upos::Pron | Upos::Det => self.pronoun(token),
            _ => {}
        }
    }

    pub(super) fn mention(&mut self, head: usize, actor: usize, kind: MentionKind, rule: &str) {
        let span = self.tree.phrase_span(head);
        self.cast.by_head.insert(head, actor);
        self.cast.mentions.push(ActorMention { span, actor, kind, rule: rule.to_owned() });
        self.memory.seen(self.tree, head, actor, self.cast.actors[actor].kind, kind);
    }

    pub(super) fn add(
        &mut self,
        name: String,
        kind: Option<ActorKind>,
        country: Option<Country>,
        sector: Option<Sector>,
        rule: &str,
    ) -> usize {
        let folded = fold_name(&name);
        let same =
            |a: &Actor| a.kind == kind && fold_name(&a.name) == folded && (a.country == country || country.is_none());
        if let Some(known) = self.cast.actors.iter().position(same) {
            return known;
        }
        self.cast.actors.push(Actor {
            name,
            kind,
            country,
            sector,
            aliases: Vec::new(),
            title: None,
            rule: rule.to_owned(),
        });
        self.cast.actors.len() - 1
    }

    /// Whether a capitalised office stands right before a name: "President Kassym-Jomart Tokayev" is no place.
    fn follows_title(&self, start: usize) -> bool {
        let tree = self.tree;
        let Some(title) = start.checked_sub(1) else { return false };
        tree.word(title).starts_with(char::is_uppercase)
            && tree.document.sentence_of(title) == tree.document.sentence_of(start)
            && role_noun(tree, self.lexicon, title).is_some_and(|r| r.kind == ActorKind::Person)
    }

    /// Whether all words of a person's name are those of an office.
    fn is_bare_role(&self, name: &Name) -> bool {
        let office = |t: usize| {
            role_noun(self.tree, self.lexicon, t).is_some_and(|r| r.kind == ActorKind::Person)
                || matches!(
                    self.tree.lower(t).as_str(),
                    "prime" | "vice" | "deputy" | "foreign" | "defence" | "defense"
                )
        };
        name.kind == NameKind::Person && name.tokens.clone().all(office)
    }

    /// A body that needs no introduction. `false` where the words beside it say that another one is meant ("Peru's Congress").
    fn known(&mut self, range: Range<usize>, known: &Organisation) -> bool {
        let head = self.tree.head_of_range(range.clone());
        let phrase = self.tree.phrase(head);
        let beside = country_in(self.tree, self.lexicon, phrase.start.min(range.start)..range.start);
        if beside.is_some_and(|b| known.country.is_some_and(|own| own != b)) {
            return false;
        }
        let adjective = self.is_modifier(head);
        if !adjective || self.is_before_act(head) {
            let actor =
                self.add(known.name.clone(), Some(known.kind), known.country, known.sector, "known-organisation");
            let words = self.tree.document.words(self.tree.document.span_of(range));
            let entry = &mut self.cast.actors[actor];
            if entry.name != words && !entry.aliases.iter().any(|a| a == words) {
                entry.aliases.push(words.to_owned());
            }
            if adjective {
                self.adjective(head, actor, "known-organisation");
            } else {
                self.mention(head, actor, MentionKind::Name, "known-organisation");
            }
        }
        true
    }

    /// The end of a name: "Moody's" and "Lloyd's" own nothing, the sign is theirs.
    fn end_of_name(&self, name: &Name) -> usize {
        let (tree, end) = (self.tree, name.tokens.end);
        let sign = end < tree.len() && matches!(tree.word(end), "'s" | "’s") && tree.tag(end) == "POS";
        let head = tree.head_of_range(name.tokens.clone());
        if sign && tree.rel(head) != Deprel::NmodPoss { end + 1 } else { end }
    }

    /// A name that the model found.
    fn name(&mut self, range: Range<usize>, kind: NameKind) {
        let head = self.tree.head_of_range(range.clone());
        // "Typhoon Ester" is nobody, whatever the model takes her for.
        if range.len() > 1 && self.lexicon.words.has(List::ThingTitle, &self.tree.lower(range.start)) {
            return;
        }
        let words = self.tree.document.words(self.tree.document.span_of(range.clone()));
        match kind {
            NameKind::Person => self.person(range, "person-name"),
            // The model may not know a foreign name for a person's.
            _ if self.lexicon.leaders.find(words, self.year).is_some() => self.person(range, "person-name"),
            NameKind::Organisation => {
                let country = country_in(self.tree, self.lexicon, self.tree.phrase(head).start..range.end);
                self.organisation(range, head, country);
            }
            NameKind::Location => {}
        }
    }

    fn organisation(&mut self, range: Range<usize>, head: usize, country: Option<Country>) {
        if matches!(self.tree.rel(head), Deprel::Compound | Deprel::Amod | Deprel::Flat) {
            return;
        }
        let last = lemma_of(self.tree, range.end - 1);
        let role =
            self.lexicon.words.role(&last).or_else(|| self.lexicon.words.role(&lemma_of(self.tree, range.start)));
        let sector = role.and_then(|r| r.sector);
        let kind = match role.map(|r| r.kind) {
            Some(ActorKind::Government) => ActorKind::Government,
            Some(ActorKind::Group) => ActorKind::Group,
            _ => ActorKind::Organisation,
        };
        let name = self.tree.document.words(self.tree.document.span_of(range)).to_owned();
        let actor = self.add(name, Some(kind), country, sector, "organisation-name");
        self.mention(head, actor, MentionKind::Name, "organisation-name");
    }

    /// Capitalised words that the model took for no name.
    fn unknown_name(&mut self, run: Range<usize>) {
        let head = self.tree.head_of_range(run.clone());
        if !acts(self.tree, head) && self.tree.rel(head) != Deprel::Obj {
            return;
        }
        if let Some(role) = role_noun(self.tree, self.lexicon, head) {
            let country = country_in(self.tree, self.lexicon, self.tree.phrase(head));
            return match role.kind {
                ActorKind::Person => self.role(head),
                _ => self.organisation(run, head, country),
            };
        }
        if self.tree.case(head).is_some_and(|c| self.lexicon.words.has(List::Locative, &c)) {
            return;
        }
        // A common noun that opens a sentence has a capital too: "Talks collapsed".
        let lemma = lemma_of(self.tree, head);
        let opens = run.start == self.tree.document.sentences[self.tree.document.sentence_of(run.start)].tokens.start;
        let words = &self.lexicon.words;
        if opens
            && run.len() == 1
            && (!self.lexicon.events.noun(&lemma).is_empty() || words.has(List::Happening, &lemma))
        {
            return;
        }
        let name = self.tree.document.words(self.tree.document.span_of(run.clone())).to_owned();
        // Another mention may have taught whose name it is.
        let known =
            self.cast.actors.iter().rposition(|a| a.kind == Some(ActorKind::Person) && same_person(&a.name, &name));
        let leader = self.lexicon.leaders.find(&name, self.year).is_some();
        if known.is_some() || leader || self.title_before(run.start).is_some() {
            return self.person(run, "person-name-known");
        }
        let actor = self.add(name, None, None, None, "capitalised-name");
        self.mention(head, actor, MentionKind::Name, "capitalised-name");
    }

    /// A role noun: "the Ukrainian president", "Russian forces", "police".
    fn role(&mut self, token: usize) {
        let tree = self.tree;
        let Some(role) = role_noun(tree, self.lexicon, token) else { return };
        let modifier = matches!(
            tree.rel(token),
            Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::Flat | Deprel::Fixed | Deprel::Advmod
        );
        let names_person = tree.first(token, &[Deprel::Flat, Deprel::Appos]).is_some_and(|d| tree.name(d).is_some())
            || tree
                .name(token + 1)
                .is_some_and(|n| n.kind == NameKind::Person && tree.head_of_range(n.tokens.clone()) == token);
        if modifier && tree.head(token).is_some_and(|h| h.abs_diff(token) < 6) || tree.pos(token) == Upos::Adj {
            return;
        }
        if role.kind == ActorKind::Person && (names_person || tree.rel(token) == Deprel::Appos) {
            // The name beside it is the mention.
            if let Some(name) = tree.first(token, &[Deprel::Flat, Deprel::Appos]).filter(|d| tree.name(*d).is_some()) {
                self.memory.alias(token, name);
            }
            return;
        }
        let body = matches!(role.kind, ActorKind::Organisation | ActorKind::Group);
        let named = tree.first(token, &[Deprel::Flat, Deprel::Appos]).filter(|n| body && *n == token + 1);
        if let Some(name) = named.filter(|n| tree.pos(*n) == Upos::Propn && tree.tag(token) != "NNS") {
            let country = country_in(tree, self.lexicon, modifiers(tree, token));
            self.introduced.push((name, role.kind, country, sector_of(tree, self.lexicon, self.year, token)));
            return self.memory.alias(token, name);
        }
        let phrase = tree.phrase(token);
        let owner = tree.first(token, &[Deprel::NmodPoss]);
        let country = country_in(tree, self.lexicon, phrase.clone()).or_else(|| {
            owner.and_then(|o| self.memory.owner(tree, o, &self.cast)).and_then(|a| self.cast.actors[a].country)
        });
        let lemma = lemma_of(tree, token);
        let plural = matches!(tree.tag(token), "NNS" | "NNPS");
        let definite = owner.is_some()
            || tree
                .first(token, &[Deprel::Det])
                .is_some_and(|d| matches!(tree.lower(d).as_str(), "the" | "this" | "that" | "these"));
        if role.kind == ActorKind::Person
            && !plural
            && definite
            && let Some(actor) = self.memory.holder(&lemma, country, &self.cast)
        {
            return self.mention(token, actor, MentionKind::Role, "role-of-known-person");
        }
        let kind = if role.kind == ActorKind::Person && plural { ActorKind::Group } else { role.kind };
        let mut name = group_name(tree, self.lexicon, token);
        if country_in(tree, self.lexicon, modifiers(tree, token)).is_none()
            && let Some(people) = country.and_then(|c| self.lexicon.countries.get(c)).and_then(|n| n.people.first())
            && owner.is_some()
        {
            name = format!("{people} {name}");
        }
        if definite
            && country.is_none()
            && kind != ActorKind::Person
            && let Some(actor) = self.memory.group(&lemma, &self.cast)
        {
            return self.mention(token, actor, MentionKind::Role, "role-noun-again");
        }
        let sector = sector_of(tree, self.lexicon, self.year, token);
        let actor = self.add(name, Some(kind), country, sector, "role-noun");
        self.memory.title(actor, lemma.clone(), gender_of(&lemma));
        self.mention(token, actor, MentionKind::Role, "role-noun");
    }
}

/// The modifiers of a noun, up to the noun itself.
fn modifiers(tree: &Tree<'_>, head: usize) -> Range<usize> {
    // "On Monday police ...": a day is no part of whom it stands before.
    let modifies = |d: &usize| *d < head && !is_calendar_name(&tree.lower(*d));
    let mut low = tree.with_rel(head, &[Deprel::Amod, Deprel::Compound]).filter(modifies).min().unwrap_or(head);
    // "9-year-old girl": what is written in one piece stays in one piece.
    while low > 1 && low < head && tree.word(low - 1) == "-" && !tree.document.tokens[low - 1].space_after {
        low -= 2;
    }
    low..head + 1
}

/// "Russian forces" for "the 300 Russian forces of the north".
fn group_name(tree: &Tree<'_>, lexicon: &Lexicon, head: usize) -> String {
    let range = modifiers(tree, head);
    let words = tree.document.words(tree.document.span_of(range.clone()));
    let proper =
        country_at(tree, lexicon, range.start, range.end).is_some() || matches!(tree.pos(range.start), Upos::Propn);
    if proper { words.to_owned() } else { words.to_lowercase() }
}

fn in_run(tree: &Tree<'_>, token: usize, head: usize) -> bool {
    tree.pos(head) == Upos::Propn
        && tree.name(head).is_none()
        && head < token
        && proper_run(tree, head).contains(&token)
}

/// The run of proper nouns around a token that the model took for no name.
fn proper_run(tree: &Tree<'_>, token: usize) -> Range<usize> {
    let sentence = &tree.document.sentences[tree.document.sentence_of(token)].tokens;
    let proper = |t: &usize| tree.pos(*t) == Upos::Propn && tree.name(*t).is_none();
    let start = (sentence.start..token).rev().take_while(proper).last().unwrap_or(token);
    let end = (token..sentence.end).take_while(proper).last().unwrap_or(token) + 1;
    start..end
}
