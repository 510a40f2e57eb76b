//! What can be told of a mention by itself.

use super::form::{Form, pronoun};
use super::lexicon::{Gender, Kind, Lexicon, Noun, hash};
use super::mention::{Phrase, Tree};
use super::quotation::quotations;
use crate::language::hash::of_feature;
use crate::language::syntax::{Deprel, NameKind, Syntax, Upos, Word};
use crate::text::Document;

/// Most words of a mention that are compared.
pub const WORDS: usize = 8;

/// Some hashes of words.
pub type Words = ([u32; WORDS], u8);

/// The hashes that are in use.
pub fn list(words: &Words) -> &[u32] {
    words.0.get(..usize::from(words.1)).unwrap_or_default()
}

/// Adds a hash, if there is room.
pub fn push(words: &mut Words, word: u32) {
    if let Some(slot) = words.0.get_mut(usize::from(words.1)) {
        *slot = word;
        words.1 += 1;
    }
}

/// Grammatical roles, the coarse ones.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Role {
    Subject,
    Object,
    Oblique,
    Possessor,
    Modifier,
    Apposition,
    Conjunct,
    #[default]
    Other,
}

/// Number of roles.
pub const ROLES: usize = 8;

/// What can be told of a mention by itself.
#[derive(Clone, Debug, Default)]
pub struct Traits {
    /// How it is said.
    pub form: Form,
    /// First token, the one behind the last, and the head.
    pub start: u32,
    #[allow(missing_docs)]
    pub end: u32,
    #[allow(missing_docs)]
    pub head: u32,
    /// Number of its sentence and its paragraph.
    pub sentence: u32,
    #[allow(missing_docs)]
    pub paragraph: u32,
    /// 1 for one, 2 for several, 0 for unknown.
    pub number: u8,
    /// Male, female, thing or person.
    pub gender: Gender,
    /// What kind of thing it names.
    pub kind: Kind,
    /// The reflexive pronoun.
    pub reflexive: bool,
    /// Grammatical role.
    pub role: Role,
    /// Relation of the head.
    pub deprel: Option<Deprel>,
    /// The verb or noun that it hangs on, and the hash of that word's lemma.
    pub governor: u32,
    #[allow(missing_docs)]
    pub governor_lemma: u32,
    /// Hash of the lemma of the head.
    pub lemma: u32,
    /// Hash of its words without determiner and possessive ending.
    pub text: u32,
    /// Content words, without the head.
    pub modifiers: Words,
    /// The words of its name, if it is called by one.
    pub name: Words,
    /// Hash of the initials of its name.
    pub initials: u32,
    /// What its name names.
    pub name_kind: Option<NameKind>,
    /// What the lexicon tells of its head.
    pub noun: Noun,
    /// Number of the quotation that it stands in, from 1.
    pub quote: u32,
    /// Adjective, clause, noun phrase, number, apposition below the head: a bit each.
    pub parts: u8,
    /// Predicate, conjunct, coordination: a bit each.
    pub place: u8,
    /// Length in tokens.
    pub length: u32,
}

/// What is read once for a document.
pub struct Reading<'a, 'd> {
    #[allow(missing_docs)]
    pub document: &'a Document<'d>,
    #[allow(missing_docs)]
    pub syntax: &'a Syntax,
    #[allow(missing_docs)]
    pub tree: &'a Tree,
    #[allow(missing_docs)]
    pub lexicon: Lexicon<'a>,
    /// Hash of each token in lower case.
    pub lower: Vec<u32>,
    /// Index of the name of each token, from 1.
    pub names: Vec<u32>,
    /// Number of the quotation of each token, from 1.
    pub quotes: Vec<u32>,
}

impl<'a, 'd> Reading<'a, 'd> {
    /// Reads the words of a document.
    pub fn of(document: &'a Document<'d>, syntax: &'a Syntax, tree: &'a Tree, lexicon: Lexicon<'a>) -> Self {
        let lower = (0..document.tokens.len()).map(|i| hash(document.word(i))).collect();
        let mut names = vec![0; document.tokens.len()];
        for (k, name) in syntax.names.iter().enumerate() {
            if let Some(slots) = names.get_mut(name.tokens.clone()) {
                slots.fill(k as u32 + 1);
            }
        }
        let quotes = quotations(document);
        Reading { document, syntax, tree, lexicon, lower, names, quotes }
    }

    fn word(&self, i: usize) -> &'a Word {
        &self.syntax.words[i]
    }

    /// The traits of a phrase.
    pub fn traits(&self, phrase: &Phrase) -> Traits {
        let (head, tokens) = (phrase.mention.head, phrase.mention.tokens.clone());
        let word = self.word(head);
        let lemma_hash = hash(&word.lemma);
        let noun = self.lexicon.get(self.lower[head]).or_else(|| self.lexicon.get(lemma_hash)).unwrap_or_default();
        let governor = word.head.unwrap_or(head);
        let mut t = Traits {
            start: tokens.start as u32,
            end: tokens.end as u32,
            head: head as u32,
            sentence: phrase.sentence as u32,
            paragraph: self.document.sentences[phrase.sentence].paragraph,
            role: role(word.deprel),
            deprel: Some(word.deprel),
            governor: governor as u32,
            lemma: lemma_hash,
            noun,
            quote: self.quotes[head],
            length: tokens.len() as u32,
            ..Traits::default()
        };
        if governor != head {
            t.governor_lemma = hash(&self.word(governor).lemma);
        }
        if phrase.clause {
            t.form = Form::Clause;
            t.kind = Kind::Event;
            t.gender = Gender::Neuter;
            t.number = 1;
            return t;
        }
        let children = self.tree.children(head);
        for &c in children.iter().filter(|&&c| tokens.contains(&(c as usize))) {
            t.parts |= match self.word(c as usize).deprel {
                Deprel::Amod => 1,
                Deprel::Acl | Deprel::AclRelcl => 2,
                Deprel::Nmod | Deprel::NmodUnmarked => 4,
                Deprel::Nummod => 8,
                Deprel::Appos => 16,
                _ => 0,
            };
        }
        t.place |= u8::from(children.iter().any(|&c| self.word(c as usize).deprel == Deprel::Cop));
        t.place |= u8::from(word.deprel == Deprel::Conj) << 1
            | u8::from(phrase.coordination) << 2
            | u8::from(phrase.short) << 3;
        let pronominal = matches!(word.upos, Upos::Pron | Upos::Det | Upos::Adv) || word.xpos.starts_with("PRP");
        if pronominal && tokens.len() == 1 {
            let lower = self.document.word(head).to_lowercase();
            (t.form, t.number, t.gender, t.reflexive) = pronoun(&lower);
            if matches!(t.gender, Gender::Male | Gender::Female | Gender::Person) {
                t.kind = Kind::Person;
            }
            t.text = self.lower[head];
            return t;
        }
        self.read_name(phrase, &mut t);
        self.read_words(phrase, &mut t);
        t.form = self.form(phrase, &t);
        t.number = match word.xpos {
            _ if phrase.coordination => 2,
            "NNS" | "NNPS" => 2,
            "NN" | "NNP" => 1,
            _ => 0,
        };
        t.kind = match t.name_kind {
            Some(NameKind::Person) => Kind::Person,
            Some(NameKind::Organisation) => Kind::Organisation,
            Some(NameKind::Location) => Kind::Place,
            None => t.noun.kind,
        };
        t.gender = match t.kind {
            Kind::Person => self.sex(phrase, &t),
            Kind::Unknown => Gender::Unknown,
            _ => Gender::Neuter,
        };
        t
    }

    /// The name that a phrase is called by: that of its head or of an apposition.
    fn read_name(&self, phrase: &Phrase, t: &mut Traits) {
        let head = phrase.mention.head;
        if phrase.coordination {
            return;
        }
        let below = self.tree.children(head).iter().map(|&c| c as usize);
        let near = below.filter(|&c| {
            phrase.mention.tokens.contains(&c)
                && matches!(self.word(c).deprel, Deprel::Appos | Deprel::Flat | Deprel::NmodDesc)
        });
        let named = std::iter::once(head).chain(near).find(|&i| self.names[i] > 0);
        let tokens = match named.and_then(|i| self.syntax.names.get(self.names[i] as usize - 1)) {
            Some(name) => {
                t.name_kind = Some(name.kind);
                name.tokens.clone()
            }
            None if self.word(head).upos == Upos::Propn => {
                let part = |i: usize| {
                    let word = self.word(i);
                    word.upos == Upos::Propn && (word.head == Some(head) || i == head)
                };
                let mut start = head;
                while start > phrase.mention.tokens.start && part(start - 1) {
                    start -= 1;
                }
                let mut end = head + 1;
                while end < phrase.mention.tokens.end && part(end) && self.word(end).deprel != Deprel::Appos {
                    end += 1;
                }
                start..end
            }
            None => return,
        };
        let mut initials = 0;
        let mut capitals = 0;
        for i in tokens.take(40) {
            let (word, upos) = (self.document.word(i), self.word(i).upos);
            if matches!(upos, Upos::Punct | Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part) {
                continue;
            }
            push(&mut t.name, self.lower[i]);
            if let Some(first) = word.chars().next().filter(|c| c.is_uppercase()) {
                initials = of_feature(initials, &[u32::from(first)]) as u32;
                capitals += 1;
            }
        }
        if capitals > 1 {
            t.initials = initials;
        }
        if let [_] = list(&t.name) {
            // "WHO", "U.N."
            let word = self.document.word(phrase.mention.head);
            let letters = || word.chars().filter(|c| *c != '.');
            if letters().count() > 1 && letters().all(char::is_uppercase) {
                t.initials = letters().fold(0, |hash, c| of_feature(hash, &[u32::from(c)]) as u32);
            }
        }
    }

    /// Text and content words.
    fn read_words(&self, phrase: &Phrase, t: &mut Traits) {
        let head = phrase.mention.head;
        let mut text = 0_u64;
        for i in phrase.mention.tokens.clone().take(60) {
            let word = self.word(i);
            let first = i == phrase.mention.tokens.start;
            if word.xpos == "POS" || word.upos == Upos::Punct || first && word.upos == Upos::Det {
                continue;
            }
            text = of_feature(text as u32, &[self.lower[i]]);
            let content = matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
            if content && i != head && !list(&t.modifiers).contains(&self.lower[i]) {
                push(&mut t.modifiers, self.lower[i]);
            }
        }
        t.text = text as u32;
    }

    fn form(&self, phrase: &Phrase, t: &Traits) -> Form {
        let head = phrase.mention.head;
        let word = self.word(head);
        if phrase.coordination {
            return Form::Coordination;
        }
        let mut form = None;
        for &c in self.tree.children(head).iter().filter(|&&c| (c as usize) < head) {
            let child = self.word(c as usize);
            let of = match (child.deprel, &*child.lemma) {
                (Deprel::Det, "the") => Form::Definite,
                (Deprel::Det, "this" | "that" | "these" | "those" | "such") => Form::Demonstrative,
                (Deprel::Det, "a" | "an" | "another") => Form::Indefinite,
                (Deprel::Det, _) => Form::Quantified,
                (Deprel::NmodPoss, _) => Form::Possessive,
                (Deprel::Nummod, _) => Form::Number,
                _ => continue,
            };
            form = Some(form.map_or(of, |known: Form| known.min(of)));
        }
        let proper = word.upos == Upos::Propn;
        match form {
            Some(Form::Definite) if proper => Form::NameDefinite,
            Some(form) if !proper => form,
            _ if proper => Form::Name,
            _ if word.upos == Upos::Num => Form::Number,
            _ if word.xpos == "NNS" => Form::BarePlural,
            _ if t.name.1 > 0 => Form::Name,
            _ => Form::Bare,
        }
    }

    fn sex(&self, phrase: &Phrase, t: &Traits) -> Gender {
        let head = phrase.mention.head;
        if matches!(t.noun.gender, Gender::Male | Gender::Female) && t.name.1 == 0 {
            return t.noun.gender;
        }
        for i in phrase.mention.tokens.clone().take(WORDS) {
            match &*self.document.word(i).trim_end_matches('.').to_lowercase() {
                "mr" | "sir" | "lord" | "king" | "prince" | "father" => return Gender::Male,
                "mrs" | "ms" | "miss" | "lady" | "queen" | "princess" | "dame" => return Gender::Female,
                _ => {}
            }
            if i >= head && t.name.1 == 0 {
                break;
            }
        }
        // A first name has more names behind it, or is alone.
        let first = list(&t.name).first().and_then(|&word| self.lexicon.get(word));
        match first.map(|noun| noun.gender) {
            Some(gender @ (Gender::Male | Gender::Female)) => gender,
            _ => Gender::Person,
        }
    }
}

fn role(deprel: Deprel) -> Role {
    use Deprel::{
        Acl, Appos, Compound, Conj, Iobj, Nmod, NmodDesc, NmodPoss, NmodUnmarked, Nsubj, NsubjOuter, NsubjPass, Obj,
        Obl, OblAgent, OblUnmarked,
    };
    match deprel {
        Nsubj | NsubjPass | NsubjOuter => Role::Subject,
        Obj | Iobj => Role::Object,
        Obl | OblAgent | OblUnmarked => Role::Oblique,
        NmodPoss => Role::Possessor,
        Nmod | NmodDesc | NmodUnmarked | Compound | Acl => Role::Modifier,
        Appos => Role::Apposition,
        Conj => Role::Conjunct,
        _ => Role::Other,
    }
}
