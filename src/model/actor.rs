use super::{Country, Span, named_enum};

named_enum! {
    /// What kind of thing an actor is.
    pub enum ActorKind: "actor kind" {
        Person = "person",
        Organisation = "organisation",
        Government = "government",
        /// People without one name: "protesters", "Russian forces".
        Group = "group",
        Country = "country",
    }
}

named_enum! {
    /// The sector of an actor: the PLOVER 2021 actor codes.
    pub enum Sector: "sector" {
        Government = "GOV",
        Military = "MIL",
        Rebels = "REB",
        Opposition = "OPP",
        Police = "COP",
        Legislature = "LEG",
        Judiciary = "JUD",
        Civilians = "CVL",
        Business = "BUS",
        Media = "JRN",
        Medical = "MED",
        Agriculture = "AGR",
        Education = "EDU",
        Igo = "IGO",
        Ngo = "NGO",
        Criminals = "CRM",
        UnidentifiedArmed = "UAF",
        Intelligence = "SPY",
        Party = "PTY",
        Labour = "LAB",
        Religious = "REL",
        Refugees = "REF",
        Ethnic = "ETH",
        /// Held office and holds it no longer.
        Former = "ELI",
    }
}

named_enum! {
    /// The part an actor plays in an event.
    pub enum Role: "role" {
        /// Who does it.
        Agent = "agent",
        /// Whom or what it is done to.
        Patient = "patient",
        /// To whom it is given or said, or with whom it is done.
        Recipient = "recipient",
        Other = "other",
    }
}

/// One actor of an article: a person, organisation, government, group or country with all its mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// The canonical name: the fullest form the lexicon or the article has.
    pub name: String,
    /// What kind of thing it is; `None` if unknown.
    pub kind: Option<ActorKind>,
    /// Country it belongs to; `None` if unknown.
    pub country: Option<Country>,
    /// PLOVER sector; `None` if unknown.
    pub sector: Option<Sector>,
    /// Other names that the article or the lexicon uses for it, without the canonical one.
    pub aliases: Vec<String>,
    /// What the article calls it ("Ukrainian President").
    pub title: Option<String>,
    /// The rule or lexicon entry that made it.
    pub rule: String,
}

named_enum! {
    /// How a mention names its actor.
    pub enum MentionKind: "mention kind" {
        Name = "name",
        /// "the Ukrainian president", "Russian forces".
        Role = "role",
        Pronoun = "pronoun",
        /// "Moscow" for the Russian government.
        Metonym = "metonym",
    }
}

/// A stretch of text that names an actor.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorMention {
    /// The words of the mention: the noun phrase without relative clauses.
    pub span: Span,
    /// The actor, as an index into the analysis.
    pub actor: usize,
    /// How it is named.
    pub kind: MentionKind,
    /// Name of the rule that found it.
    pub rule: String,
}

/// An actor in its role in one event mention.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    /// The part it plays.
    pub role: Role,
    /// The words that name it in this clause.
    pub span: Span,
    /// The actor, as an index into the analysis; `None` if the words name no actor ("a border village").
    pub actor: Option<usize>,
    /// Name of the rule that gave it this role.
    pub rule: String,
}
