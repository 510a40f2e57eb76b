use super::{Day, Language, Span, named_enum};

named_enum! {
    /// How the publication date was found.
    pub enum PublishedBasis: "published basis" {
        /// Given by the user (`--published`).
        Given = "given",
        /// In the metadata that came with the article (JSONL field, front matter).
        Metadata = "metadata",
        /// Read from the head of the text: a date line.
        Dateline = "dateline",
        /// On a web page: `datePublished` in JSON-LD.
        JsonLd = "json-ld",
        /// On a web page: `article:published_time`.
        OpenGraph = "open-graph",
        /// On a web page: a `meta` element that names a date.
        Meta = "meta",
        /// On a web page: an element marked `itemprop="datePublished"`.
        Itemprop = "itemprop",
        /// On a web page: an element marked `published` (hAtom, h-entry).
        Hatom = "hatom",
        /// In the address of a web page.
        Url = "url",
        /// On a web page: a `time` element.
        Time = "time",
        /// On a web page: an element whose class or id speaks of a date.
        Class = "class",
        /// On a web page: the data of a script.
        Script = "script",
        /// On a web page: the day of its last change, for want of better.
        Modified = "modified",
        /// On a web page: the date in its visible text nearest to the heading.
        Visible = "visible",
        /// Inferred from the dates that the article speaks of; marked wherever it shows.
        Inferred = "inferred",
    }
}

/// The day an article was published: its document creation time (DCT).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub day: Day,
    /// How it was found.
    pub basis: PublishedBasis,
}

/// What was read at the head of the text, as spans of it. Kept apart from the body and never lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The title line.
    pub title: Option<Span>,
    /// The author line.
    pub byline: Option<Span>,
    /// The date line, or the date part of `KYIV, Dec. 22 (Agency) -`.
    pub date: Option<Span>,
    /// The place that a dateline names.
    pub place: Option<Span>,
    /// The agency or outlet that a dateline names.
    pub source: Option<Span>,
    /// First byte of the body.
    pub body: u32,
}

/// One article: immutable text and what is known about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// The id it came with, if any.
    pub id: Option<String>,
    /// Title, from metadata or the head of the text.
    pub title: Option<String>,
    /// The whole text as it was read, head included. All spans are over this.
    pub text: String,
    /// What the head of `text` holds.
    pub head: Head,
    /// Authors.
    pub byline: Option<String>,
    /// Outlet or agency.
    pub source: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Place of the dateline, as written.
    pub place: Option<String>,
    /// The language that it says it is in.
    pub language: Option<Language>,
    /// Publication date, if known or inferred.
    pub published: Option<Published>,
    /// The file it was read from, as given by the user.
    pub origin: Option<String>,
}

impl Article {
    /// An article that is nothing but text, all of it body.
    pub fn from_text(text: impl Into<String>) -> Article {
        Article { text: text.into(), ..Article::default() }
    }
}
