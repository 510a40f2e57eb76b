//! The fields of an article, under the names that spreadsheets and bibliographies give them.

use crate::ingest::DateFinder;
use crate::ingest::head::{day_of, read_head};
use crate::model::{Article, Published, PublishedBasis, named_enum};
use crate::text::quote;

named_enum! {
    /// A field of an article that a column can hold.
    pub enum Column: "column" {
        /// The body.
        Text = "text",
        /// The headline.
        Title = "title",
        /// When it was published.
        Published = "published",
        /// The outlet.
        Source = "source",
        /// The address.
        Url = "url",
        /// Who wrote it.
        Author = "author",
        /// The language.
        Language = "language",
        /// The id.
        Id = "id",
    }
}

impl Column {
    /// Names of columns for the same thing, best first, in small letters without spaces and marks.
    fn names(self) -> &'static [&'static str] {
        match self {
            Column::Text => &[
                "text",
                "fulltext",
                "articletext",
                "maintext",
                "body",
                "articlebody",
                "bodytext",
                "content",
                "contents",
                "article",
                "story",
                "rawtext",
                "transcript",
                "abstractnote",
                "abstract",
                "summary",
                "description",
                "notes",
            ],
            Column::Title => &["title", "headline", "titlepage", "heading", "subject"],
            Column::Published => &[
                "published",
                "publishedat",
                "publicationdate",
                "pubdate",
                "datepublished",
                "datepublish",
                "publishdate",
                "date",
                "publicationday",
                "day",
                "datetime",
                "issued",
            ],
            Column::Source => &[
                "source",
                "outlet",
                "publisher",
                "publication",
                "publicationtitle",
                "newspaper",
                "journal",
                "site",
                "sitename",
                "sourcedomain",
                "hostname",
                "domain",
                "medium",
            ],
            Column::Url => &["url", "link", "href", "sourceurl", "permalink", "canonicalurl", "address", "weburl"],
            Column::Author => &["author", "authors", "byline", "creator", "writer", "by"],
            Column::Language => &["language", "lang"],
            Column::Id => &["id", "key", "guid", "uuid", "articleid", "identifier"],
        }
    }
}

/// Columns that the user named, over the names that are known.
#[derive(Clone, Debug, Default)]
pub struct ColumnMap(pub Vec<(Column, String)>);

impl ColumnMap {
    /// Reads `title=Headline,text=Full text`.
    ///
    /// # Errors
    /// Which part is not `FIELD=COLUMN`, and which fields there are.
    pub fn parse(text: &str) -> Result<ColumnMap, String> {
        let known = || Column::ALL.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", ");
        let pair = |part: &str| {
            let (field, column) = part.split_once('=').ok_or_else(|| format!("\"{part}\" is not FIELD=COLUMN"))?;
            let field = field.trim().parse().map_err(|_| format!("there is no field \"{field}\"; use {}", known()))?;
            Ok((field, column.trim().to_owned()))
        };
        text.split(',').filter(|part| !part.trim().is_empty()).map(pair).collect::<Result<_, _>>().map(ColumnMap)
    }

    /// Which column holds which field.
    ///
    /// # Errors
    /// A column that the user named is not there, or none holds a text; the error lists what is there.
    pub fn places(&self, header: &[String]) -> Result<Vec<(Column, usize)>, String> {
        let bare =
            |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let names: Vec<String> = header.iter().map(|name| bare(name)).collect();
        let all = || header.iter().take(40).map(|h| format!("\"{}\"", quote(h.trim()))).collect::<Vec<_>>().join(", ");
        let mut places = Vec::new();
        for column in Column::ALL {
            let place = match self.0.iter().find(|(c, _)| c == column) {
                Some((_, own)) => {
                    let exact = header.iter().position(|h| h.trim() == own);
                    let place = exact.or_else(|| names.iter().position(|n| *n == bare(own)));
                    Some(place.ok_or_else(|| format!("there is no column \"{own}\"; there are {}", all()))?)
                }
                None => column.names().iter().find_map(|name| names.iter().position(|n| n == name)),
            };
            places.extend(place.map(|place| (*column, place)));
        }
        if !places.iter().any(|(c, _)| *c == Column::Text) {
            return Err(format!("no column holds a text; name it with --map text=COLUMN; there are {}", all()));
        }
        Ok(places)
    }
}

/// What is known of an article before it is one. Empty strings count as nothing.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// Its id.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The body.
    pub text: String,
    /// The publication date as written.
    pub published: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The language tag.
    pub language: Option<String>,
    /// The text is no more than a summary; the article stands at the address.
    pub partial: bool,
}

impl Fields {
    /// Sets a field; the first value stays.
    pub fn set(&mut self, column: Column, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let slot = match column {
            Column::Text => {
                if self.text.is_empty() {
                    value.clone_into(&mut self.text);
                }
                return;
            }
            Column::Title => &mut self.title,
            Column::Published => &mut self.published,
            Column::Source => &mut self.source,
            Column::Url => &mut self.url,
            Column::Author => &mut self.author,
            Column::Language => &mut self.language,
            Column::Id => &mut self.id,
        };
        slot.get_or_insert_with(|| value.to_owned());
    }

    /// Puts what is told here where an article does not say it itself. A date that is none is passed over.
    pub fn fill(self, article: &mut Article, dates: DateFinder<'_>) {
        let Fields { id, title, source, author, language, published, .. } = self;
        article.id = article.id.take().or(id);
        article.title = article.title.take().or(title.map(|title| crate::ingest::clean(&title)));
        article.source = article.source.take().or(source);
        article.byline = article.byline.take().or(author);
        article.language = article.language.or(language.and_then(|code| code.parse().ok()));
        if article.published.is_none() {
            let day = published.and_then(|date| day_of(&date, dates).or_else(|| html_day(&date)));
            article.published = day.map(|day| Published { day, basis: PublishedBasis::Metadata });
        }
    }

    /// The article.
    ///
    /// # Errors
    /// There is no text, or a publication date that is none: a wrong date is worse than none.
    pub fn article(self, dates: DateFinder<'_>) -> Result<Article, String> {
        if self.text.trim().is_empty() {
            return Err(match &self.url {
                Some(url) => {
                    format!(
                        "no text, only the address {url}; nothing is fetched without --fetch: give it, or save the page and read that"
                    )
                }
                None => "no text; only its other fields are filled".to_owned(),
            });
        }
        let mut article = Article {
            id: self.id,
            title: self.title.map(|title| crate::ingest::clean(&title)),
            text: self.text,
            source: self.source,
            url: self.url,
            byline: self.author,
            language: self.language.and_then(|code| code.parse().ok()),
            ..Article::default()
        };
        if let Some(date) = self.published {
            let day = day_of(&date, dates)
                .or_else(|| html_day(&date))
                .ok_or_else(|| format!("\"{date}\" is no publication date; write YYYY-MM-DD"))?;
            article.published = Some(Published { day, basis: PublishedBasis::Metadata });
        }
        read_head(&mut article, 0, dates);
        Ok(article)
    }
}

/// Dates in other languages, as spreadsheets of other countries hold them; day first, as in most of them.
fn html_day(text: &str) -> Option<crate::model::Day> {
    super::html::day_in(text, false)
}
