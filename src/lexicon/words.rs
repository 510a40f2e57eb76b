use std::collections::{HashMap, HashSet};

use super::tsv::{list, rows, wrong};
use super::{Data, LexiconError};
use crate::model::{ActorKind, Sector, UnknownName};

/// What a role noun tells of whom it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleNoun {
    /// Person, group, government or organisation.
    pub kind: ActorKind,
    /// PLOVER sector, if the noun has one.
    pub sector: Option<Sector>,
}

/// What a word tells of the sex of whom it names; pronouns must agree with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// he, king, spokesman, John
    Male,
    /// she, queen, spokeswoman, Mary
    Female,
}

/// A named word list that the extraction itself asks for. Those that only rules refer to need no variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum List {
    /// Words that open the name of a thing.
    ThingTitle,
    /// What a vote itself does.
    ByVote,
    /// Nouns that name a place.
    Place,
    /// Verbs of saying.
    Reporting,
    /// Verbs whose clause has not happened.
    Plan,
    /// Verbs that say that their clause did not happen.
    ImplicativeNot,
    /// Nouns with a preposition before them that tell of no event: "to death", "in a row".
    Idiom,
    /// Phase verbs.
    Starting,
    /// Phase verbs.
    Ongoing,
    /// Phase verbs.
    Ending,
    /// Verbs of trying.
    Failing,
    /// Verbs whose object noun is the event.
    Light,
    /// Verbs of state: no events.
    Stative,
    /// Verbs that say little by themselves: events of little confidence.
    Weak,
    /// Modal verbs of possibility.
    Possible,
    /// Adverbs that mark what others claim.
    Hearsay,
    /// Adverbs of doubt.
    Maybe,
    /// Negative words.
    Negation,
    /// Verbs whose object does the thing of the infinitive.
    ObjectControl,
    /// Verbs whose subject is whom or what it happens to, when they have no object.
    Unaccusative,
    /// Verbs whose subject undergoes the event that their object names.
    Undergoing,
    /// Verbs whose subject does what their object names.
    Lending,
    /// Verbs by which somebody makes an act of their own known.
    Announcing,
    /// Offices of the sector of the body they are held in.
    Heading,
    /// Words before an office that is held no longer.
    Bygone,
    /// Prepositions of place.
    Locative,
    /// Nouns that name a happening.
    Happening,
    /// Nouns for vehicles.
    Vehicle,
    /// Nouns for weapons.
    Weapon,
    /// Verbs whose object noun lies ahead.
    Seeking,
    /// Nouns for bodies of which two may stand against each other: "both sides".
    Sides,
    /// Verbs whose "for nine years" tells how long what they bring about is to last.
    Lasting,
    /// Verbs of seeing and hearing, whose object does what the participle behind it tells.
    Perceiving,
    /// Verbs for figures that become greater or smaller.
    Changing,
    /// Verbs whose "of" says what their object is said to have done: "accused him of".
    Charging,
    /// Verbs that say what post somebody holds: "who commands the garrison".
    Posts,
    /// Verbs whose object lies before them: "condemned the raid".
    LookingBack,
    /// Verbs whose object may lie before or behind them: "discussed the vote".
    Pondering,
    /// Nouns whose clause with "that" is only told: "reports that soldiers had fled".
    Rumour,
    /// Participles that say what somebody or something is like: "shopkeepers armed with clubs".
    Describing,
    /// Verbs of courts that rule on what was there before: "uphold".
    Judging,
    /// Verbs whose "of" tells what their object loses: "stripped of".
    Depriving,
    /// Verbs that bind whoever says them.
    Offering,
    /// Verbs whose clause is no more than held to be so.
    Belief,
    /// Adjectives of what lies ahead.
    Ahead,
    /// Adjectives of what may be.
    Doubtful,
    /// Nouns for an aim.
    IntentionNoun,
    /// Nouns for a doubt.
    DoubtNoun,
    /// Nouns that say that their complement did not happen.
    RefusalNoun,
    /// Verbs that undo the noun they govern.
    Undoing,
    /// Verbs that say that their subject took place.
    TakingPlace,
    /// Verbs of speech whose object is an occasion.
    Addressing,
    /// What people are taken as.
    Held,
    /// Words that count the noun behind "of".
    Quantity,
    /// Adverbs of an earlier or of no certain time.
    Background,
}

impl List {
    const ALL: &'static [(List, &'static str)] = &[
        (List::ThingTitle, "thing_title"),
        (List::ByVote, "by_vote"),
        (List::Place, "place"),
        (List::Reporting, "reporting"),
        (List::Plan, "plan"),
        (List::ImplicativeNot, "implicative_not"),
        (List::Starting, "starting"),
        (List::Ongoing, "ongoing"),
        (List::Ending, "ending"),
        (List::Failing, "failing"),
        (List::Light, "light"),
        (List::Stative, "stative"),
        (List::Weak, "weak"),
        (List::Possible, "possible"),
        (List::Hearsay, "hearsay"),
        (List::Maybe, "maybe"),
        (List::Negation, "negation"),
        (List::ObjectControl, "object_control"),
        (List::Unaccusative, "unaccusative"),
        (List::Undergoing, "undergoing"),
        (List::Lending, "lending"),
        (List::Announcing, "announcing"),
        (List::Heading, "heading"),
        (List::Bygone, "bygone"),
        (List::Locative, "locative"),
        (List::Happening, "happening"),
        (List::Vehicle, "vehicle"),
        (List::Weapon, "weapon"),
        (List::Seeking, "seeking"),
        (List::Offering, "offering"),
        (List::Sides, "sides"),
        (List::Lasting, "lasting"),
        (List::Perceiving, "perceiving"),
        (List::Changing, "changing"),
        (List::Charging, "charging"),
        (List::Posts, "posts"),
        (List::LookingBack, "looking_back"),
        (List::Pondering, "pondering"),
        (List::Rumour, "rumour"),
        (List::Describing, "describing"),
        (List::Judging, "judging"),
        (List::Depriving, "depriving"),
        (List::Belief, "belief"),
        (List::Ahead, "ahead"),
        (List::Doubtful, "doubtful"),
        (List::IntentionNoun, "intention_noun"),
        (List::DoubtNoun, "doubt_noun"),
        (List::RefusalNoun, "refusal_noun"),
        (List::Undoing, "undoing"),
        (List::Idiom, "idiom"),
        (List::TakingPlace, "taking_place"),
        (List::Addressing, "addressing"),
        (List::Held, "held"),
        (List::Quantity, "quantity"),
        (List::Background, "background"),
    ];
}

/// The word lists and role nouns of `data/words`.
#[derive(Clone, Debug, Default)]
pub struct Words {
    roles: HashMap<String, RoleNoun>,
    first_names: HashMap<String, Gender>,
    people: HashSet<String>,
    lists: HashMap<String, HashSet<String>>,
    on: HashMap<String, Vec<String>>,
    known: HashMap<List, HashSet<String>>,
}

const LISTS: &str = "words/lists.toml";
const ROLES: &str = "words/roles.tsv";
const FIRST_NAMES: &str = "words/first_names.tsv";
const PEOPLE: &str = "words/people.tsv";

impl Words {
    /// Reads the files.
    pub fn load(data: &Data) -> Result<Words, LexiconError> {
        let mut words = Words::default();
        let file = data.file(LISTS)?;
        let lists: HashMap<String, String> = toml::from_str(&file.text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start);
            LexiconError::at(&file.name, &file.text, at, e.message(), "each list is: name = \"\"\"words\"\"\"")
        })?;
        for (name, members) in lists {
            let members = members.split_whitespace().map(|w| w.replace('_', " ")).collect();
            words.lists.insert(name, members);
        }
        for (name, members) in &words.lists {
            members.iter().for_each(|m| words.on.entry(m.clone()).or_default().push(name.clone()));
        }
        words.on.values_mut().for_each(|names| names.sort());
        for (list, name) in List::ALL {
            let members = words.lists.get(*name).ok_or_else(|| {
                wrong(&file, 0, format!("the list \"{name}\" is missing"), "the extraction asks for it")
            })?;
            words.known.insert(*list, members.clone());
        }
        let file = data.file(ROLES)?;
        for (line, row) in rows(&file, &["noun", "kind", "sector"])? {
            let bad = |e: UnknownName| wrong(&file, line, e.to_string(), "data/README.md lists kinds and sectors");
            let kind = row[1].parse().map_err(bad)?;
            let sector = match row[2] {
                "" => None,
                code => Some(code.parse().map_err(bad)?),
            };
            if words.roles.insert(row[0].to_owned(), RoleNoun { kind, sector }).is_some() {
                return Err(wrong(&file, line, format!("\"{}\" stands here twice", row[0]), "join the two lines"));
            }
        }
        let file = data.file(FIRST_NAMES)?;
        for (line, row) in rows(&file, &["gender", "names"])? {
            let gender = match row[0] {
                "m" => Gender::Male,
                "f" => Gender::Female,
                _ => return Err(wrong(&file, line, "an unknown gender", "write m or f")),
            };
            words.first_names.extend(list(row[1]).map(|name| (name.to_owned(), gender)));
        }
        let file = data.file(PEOPLE)?;
        for (_, row) in rows(&file, &["source", "nouns"])? {
            words.people.extend(list(row[1]).map(str::to_owned));
        }
        Ok(words)
    }

    /// Whether a noun, in its dictionary form, names a person.
    pub fn is_person(&self, lemma: &str) -> bool {
        self.people.contains(lemma) || self.role(lemma).is_some_and(|r| r.kind == ActorKind::Person)
    }

    /// The sex that a first name tells, if it nearly always tells one.
    pub fn first_name(&self, name: &str) -> Option<Gender> {
        self.first_names.get(name).copied()
    }

    /// Whether a word, in its dictionary form, is on a list.
    pub fn has(&self, list: List, lemma: &str) -> bool {
        self.known.get(&list).is_some_and(|l| l.contains(lemma))
    }

    /// A list by the name that rules use for it.
    pub fn list(&self, name: &str) -> Option<&HashSet<String>> {
        self.lists.get(name)
    }

    /// The names of the lists that a word is on, sorted.
    pub fn lists_of(&self, lemma: &str) -> &[String] {
        self.on.get(lemma).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a noun, in its dictionary form, tells of whom it names.
    pub fn role(&self, lemma: &str) -> Option<RoleNoun> {
        self.roles.get(lemma).copied()
    }
}
