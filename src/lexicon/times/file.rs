//! The shape of `data/time/*.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct File {
    /// What the rules of the file find.
    pub group: String,
    /// For the reader.
    #[allow(dead_code)]
    pub about: Option<String>,
    /// The phrase that the rules make unless they say otherwise.
    pub makes: Option<String>,
    #[serde(default)]
    pub list: Vec<Spanned<List>>,
    #[serde(default)]
    pub phrase: Vec<Spanned<Phrase>>,
    #[serde(default)]
    pub rule: Vec<Spanned<Rule>>,
}

/// A word list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    pub name: String,
    #[serde(rename = "type")]
    pub ty: String,
    pub words: Spanned<Words>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// Words with what they stand for.
    Map(BTreeMap<String, Meaning>),
    /// Words that only have to be there.
    Plain(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Meaning {
    Number(i32),
    Text(String),
}

/// A name for several phrases or lists, or the type of a phrase that is not a term.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    pub name: String,
    #[serde(rename = "type", default = "term")]
    pub ty: String,
    #[serde(default)]
    pub of: Vec<String>,
}

fn term() -> String {
    "term".into()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    pub name: String,
    pub pattern: Spanned<String>,
    pub value: Spanned<String>,
    /// The phrase that other rules can use this one as.
    pub makes: Option<String>,
    /// Only inside other rules.
    #[serde(default)]
    pub inner: bool,
    #[serde(default)]
    pub rank: i32,
    #[serde(default)]
    pub after: Vec<String>,
    #[serde(default)]
    pub before: Vec<String>,
    #[serde(default)]
    pub not_after: Vec<String>,
    #[serde(default)]
    pub not_before: Vec<String>,
    /// At least one of the words begins with a capital.
    #[serde(default)]
    pub capital: bool,
    /// Only in articles that narrate.
    #[serde(default)]
    pub narrative: bool,
    /// What the reader should know of every such date.
    pub note: Option<String>,
    #[serde(default)]
    pub example: Vec<Spanned<Example>>,
    #[serde(default)]
    pub reject: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub text: String,
    pub span: String,
    pub value: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    pub edtf: Option<String>,
    pub dct: Option<String>,
}
