//! How a mention is said: pronouns, names, definite and indefinite phrases.

use super::lexicon::Gender;

/// How a mention is said.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Form {
    #[default]
    I,
    You,
    We,
    He,
    She,
    It,
    They,
    This,
    That,
    These,
    Those,
    Here,
    There,
    One,
    /// somebody, all, each other
    Vague,
    Name,
    /// "the White House"
    NameDefinite,
    /// "the president"
    Definite,
    /// "these two sides"
    Demonstrative,
    /// "its troops", "Russia's troops"
    Possessive,
    /// "a man", "another one"
    Indefinite,
    /// "some", "each", "no", "any"
    Quantified,
    Number,
    BarePlural,
    Bare,
    Coordination,
    /// A verb.
    Clause,
}

/// Number of forms.
pub const FORMS: usize = 27;

/// Groups of forms that behave alike as anaphors.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Group {
    Speaker,
    Pronoun,
    Pointer,
    Name,
    Definite,
    Other,
}

/// Number of groups.
pub const GROUPS: usize = 6;

impl Form {
    /// Whether it is a pronoun of the first, second or third person or points.
    pub fn is_pronoun(self) -> bool {
        self <= Form::Vague
    }

    /// The group of this form.
    pub fn group(self) -> Group {
        match self {
            Form::I | Form::You | Form::We => Group::Speaker,
            Form::He | Form::She | Form::It | Form::They => Group::Pronoun,
            Form::This | Form::That | Form::These | Form::Those | Form::Here | Form::There => Group::Pointer,
            Form::Name | Form::NameDefinite => Group::Name,
            Form::Definite | Form::Demonstrative | Form::Possessive => Group::Definite,
            _ => Group::Other,
        }
    }
}

/// The form of a pronoun, its number (1 or 2, 0 if it does not tell), its gender, and whether it is reflexive.
pub fn pronoun(lower: &str) -> (Form, u8, Gender, bool) {
    use Gender::{Female, Male, Neuter, Person, Unknown};
    match lower {
        "i" | "me" | "my" | "mine" => (Form::I, 1, Person, false),
        "myself" => (Form::I, 1, Person, true),
        "you" | "your" | "yours" | "ya" | "ye" | "u" | "ur" => (Form::You, 0, Person, false),
        "yourself" | "yourselves" => (Form::You, 0, Person, true),
        "we" | "us" | "our" | "ours" | "'s" | "’s" => (Form::We, 2, Person, false),
        "ourselves" => (Form::We, 2, Person, true),
        "he" | "him" | "his" => (Form::He, 1, Male, false),
        "himself" => (Form::He, 1, Male, true),
        "she" | "her" | "hers" => (Form::She, 1, Female, false),
        "herself" => (Form::She, 1, Female, true),
        "it" | "its" => (Form::It, 1, Neuter, false),
        "itself" => (Form::It, 1, Neuter, true),
        "they" | "them" | "their" | "theirs" | "'em" | "em" => (Form::They, 2, Unknown, false),
        "themselves" | "themself" => (Form::They, 2, Unknown, true),
        "this" => (Form::This, 1, Neuter, false),
        "that" => (Form::That, 1, Neuter, false),
        "these" => (Form::These, 2, Unknown, false),
        "those" => (Form::Those, 2, Unknown, false),
        "here" => (Form::Here, 1, Neuter, false),
        "there" => (Form::There, 1, Neuter, false),
        "one" => (Form::One, 1, Unknown, false),
        "somebody" | "someone" | "everybody" | "everyone" | "anybody" | "anyone" | "nobody" => {
            (Form::Vague, 1, Person, false)
        }
        _ => (Form::Vague, 0, Unknown, false),
    }
}
