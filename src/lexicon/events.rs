use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use toml::Spanned;

use super::{Data, LexiconError, Words};
use crate::model::{Context, EventType};

/// A kind of argument that a rule can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArgumentClass {
    /// Anyone who can act: a person, group, organisation, government or country.
    Actor,
    /// A person, named or by role.
    Person,
    /// Not a person.
    NotPerson,
    /// People without one name.
    Group,
    /// A company, party, court, club.
    Organisation,
    /// A government.
    Government,
    /// A country.
    Country,
    /// Soldiers, rebels, gunmen, the police, or their army.
    Armed,
    /// Somewhere one can be.
    Place,
    /// A number of people or things.
    Number,
    /// No argument at all.
    Nothing,
    /// Any argument.
    Any,
}

/// One alternative of a condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Term {
    Class(ArgumentClass),
    Word(String),
}

/// What an argument must be: one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    classes: Vec<ArgumentClass>,
    words: HashSet<String>,
}

impl Condition {
    /// Whether it asks for anything.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty() && self.words.is_empty()
    }

    /// The classes that it admits.
    pub fn classes(&self) -> &[ArgumentClass] {
        &self.classes
    }

    /// Whether it admits a word in its dictionary form.
    pub fn has_word(&self, lemma: &str) -> bool {
        self.words.contains(lemma)
    }
}

/// A sentence that a rule must understand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventExample {
    /// The sentence.
    pub text: String,
    /// The words of the trigger.
    pub trigger: String,
    /// Words that an agent must hold.
    pub agent: Option<String>,
    /// Words that a patient must hold.
    pub patient: Option<String>,
}

/// A rule that gives an event its type: which words, with which arguments.
#[derive(Clone, Debug)]
pub struct EventRule {
    /// Its name, unique among the event rules.
    pub name: String,
    /// File and line, for messages.
    pub origin: String,
    /// The type it gives.
    pub event_type: EventType,
    /// The mode it gives.
    pub mode: Option<String>,
    /// The contexts it gives.
    pub contexts: Vec<Context>,
    /// What the subject of the verb must be.
    pub subject: Condition,
    /// What the object of the verb must be.
    pub object: Condition,
    /// What the object must not be.
    pub not_object: Condition,
    /// One of these words must stand in the sentence.
    pub near: Condition,
    /// Verbs of which the object condition asks no more than that they stand here ("with" in the file).
    pub with: HashSet<String>,
    /// Only the passive counts.
    pub passive: bool,
    /// Sentences that it must understand.
    pub examples: Vec<EventExample>,
    /// Sentences in which it must stay silent.
    pub rejects: Vec<String>,
}

/// A word or several that a rule listens to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    /// The rule, as an index.
    pub rule: usize,
    /// Further words that must depend on the first ("prisoner" of "take prisoner"); for a noun, the words before it.
    pub others: Vec<String>,
}

/// The compiled rules of `data/events`.
#[derive(Clone, Debug, Default)]
pub struct EventRules {
    rules: Vec<EventRule>,
    verbs: HashMap<String, Vec<Listener>>,
    nouns: HashMap<String, Vec<Listener>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Spanned<Raw>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    #[serde(default)]
    verb: Vec<String>,
    #[serde(default)]
    noun: Vec<String>,
    #[serde(default)]
    subject: Vec<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    not_object: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    form: Option<Form>,
    r#type: EventType,
    mode: Option<String>,
    #[serde(default)]
    context: Vec<Context>,
    example: Vec<EventExample>,
    reject: Vec<String>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Form {
    Passive,
}

impl EventRules {
    /// Reads every file of `data/events` that ends in `.toml`. The first thing that is wrong is the error.
    pub fn load(data: &Data, words: &Words) -> Result<EventRules, LexiconError> {
        let mut rules = EventRules::default();
        let mut names: HashMap<String, String> = HashMap::new();
        for file in data.files("events", ".toml")? {
            let text = &file.text;
            let parsed: File = toml::from_str(text).map_err(|e| {
                let at = e.span().map_or(0, |s| s.start);
                LexiconError::at(&file.name, text, at, e.message(), "data/README.md tells how to write a rule")
            })?;
            for raw in parsed.rule {
                let offset = raw.span().start;
                let fail = |problem: String, fix: &str| LexiconError::at(&file.name, text, offset, problem, fix);
                let raw = raw.into_inner();
                let name = raw.name.clone();
                let origin = format!("{}:{}", file.name, fail(String::new(), "").line);
                if let Some(first) = names.insert(name.clone(), origin.clone()) {
                    return Err(fail(format!("the rule \"{name}\" stands at {first} already"), "names must differ"));
                }
                rules
                    .add(raw, origin, words)
                    .map_err(|(problem, fix)| fail(format!("rule \"{name}\": {problem}"), &fix))?;
            }
        }
        Ok(rules)
    }

    fn add(&mut self, raw: Raw, origin: String, words: &Words) -> Result<(), Wrong> {
        if raw.example.is_empty() || raw.reject.is_empty() {
            return Err(("it has no example or no reject".into(), "give at least one of each".into()));
        }
        if raw.verb.is_empty() && raw.noun.is_empty() {
            return Err(("it listens to no word".into(), "give verb = [...] or noun = [...]".into()));
        }
        let rule = self.rules.len();
        for (patterns, verb) in [(&raw.verb, true), (&raw.noun, false)] {
            for pattern in patterns {
                let mut parts: Vec<String> = pattern.split_whitespace().map(str::to_owned).collect();
                if parts.is_empty() {
                    return Err(("an empty word".into(), "leave it out".into()));
                }
                // A verb phrase is known by its first word, a noun phrase by its last.
                let key = if verb { parts.remove(0) } else { parts.pop().unwrap_or_default() };
                let index = if verb { &mut self.verbs } else { &mut self.nouns };
                index.entry(key).or_default().push(Listener { rule, others: parts });
            }
        }
        self.rules.push(EventRule {
            name: raw.name,
            origin,
            event_type: raw.r#type,
            mode: raw.mode,
            contexts: raw.context,
            subject: condition(&raw.subject, words)?,
            object: condition(&raw.object, words)?,
            not_object: condition(&raw.not_object, words)?,
            near: condition(&raw.near, words)?,
            with: raw.with.into_iter().collect(),
            passive: raw.form == Some(Form::Passive),
            examples: raw.example,
            rejects: raw.reject,
        });
        Ok(())
    }

    /// The rules, in the order of their files.
    pub fn rules(&self) -> &[EventRule] {
        &self.rules
    }

    /// Who listens to a verb, in its dictionary form.
    pub fn verb(&self, lemma: &str) -> &[Listener] {
        self.verbs.get(lemma).map(Vec::as_slice).unwrap_or_default()
    }

    /// Who listens to a noun, in its dictionary form.
    pub fn noun(&self, lemma: &str) -> &[Listener] {
        self.nouns.get(lemma).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What is wrong, and how to mend it.
type Wrong = (String, String);

const CLASSES: &str =
    "actor, person, not-person, group, organisation, government, country, armed, place, number, none, any";

fn condition(terms: &[String], words: &Words) -> Result<Condition, Wrong> {
    let mut condition = Condition::default();
    for text in terms {
        for term in term(text, words)? {
            match term {
                Term::Class(class) => condition.classes.push(class),
                Term::Word(word) => drop(condition.words.insert(word)),
            }
        }
    }
    Ok(condition)
}

/// `<class>`, `@list` or a word in its dictionary form.
fn term(text: &str, words: &Words) -> Result<Vec<Term>, Wrong> {
    if let Some(class) = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
        let class = match class {
            "actor" => ArgumentClass::Actor,
            "person" => ArgumentClass::Person,
            "not-person" => ArgumentClass::NotPerson,
            "group" => ArgumentClass::Group,
            "organisation" => ArgumentClass::Organisation,
            "government" => ArgumentClass::Government,
            "country" => ArgumentClass::Country,
            "armed" => ArgumentClass::Armed,
            "place" => ArgumentClass::Place,
            "number" => ArgumentClass::Number,
            "none" => ArgumentClass::Nothing,
            "any" => ArgumentClass::Any,
            _ => {
                return Err((format!("unknown class <{class}>"), format!("use one of: {CLASSES}")));
            }
        };
        return Ok(vec![Term::Class(class)]);
    }
    match text.strip_prefix('@') {
        Some(name) => match words.list(name) {
            Some(list) => Ok(list.iter().cloned().map(Term::Word).collect()),
            None => Err((format!("there is no word list \"{name}\""), "define it in data/words/lists.toml".into())),
        },
        None => Ok(vec![Term::Word(text.to_owned())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_load() {
        let words = Words::load(&Data::BuiltIn).unwrap();
        let rules = EventRules::load(&Data::BuiltIn, &words).unwrap();
        assert!(rules.verb("capture").iter().any(|l| rules.rules()[l.rule].name == "capture-territory"));
        assert!(rules.noun("conference").iter().any(|l| l.others == ["press"]));
    }
}
