//! When a page was published, by ordered rules: the first that finds a day decides, and its name is kept.

use dom_query::{Document, NodeRef};

use super::days::{day_in, day_in_address};
use super::json_ld::JsonLd;
use super::names::{META, MODIFIED, OPEN_GRAPH, OWN_NAMES};
use crate::model::{Day, Published, PublishedBasis};

/// What the rules read.
pub(super) struct Page<'a> {
    pub document: &'a Document,
    pub json_ld: &'a JsonLd,
    /// The page's address, if it is known.
    pub url: Option<&'a str>,
    /// Its language tag, as written.
    pub language: Option<&'a str>,
    /// No page was published after this day.
    pub latest: Day,
}

type Rule = fn(&Page<'_>) -> Option<Day>;

const RULES: &[(PublishedBasis, Rule)] = &[
    (PublishedBasis::Url, |page| page.url.and_then(day_in_address).filter(|day| *day <= page.latest)),
    (PublishedBasis::OpenGraph, |page| page.meta(OPEN_GRAPH)),
    (PublishedBasis::Meta, |page| page.meta(META)),
    (PublishedBasis::JsonLd, |page| page.first(page.json_ld.published.iter().map(String::as_str))),
    (PublishedBasis::Itemprop, itemprop),
    (PublishedBasis::Hatom, hatom),
    (PublishedBasis::Time, |page| time(page, SURE_TIMES)),
    (PublishedBasis::Class, class),
    (PublishedBasis::Time, |page| time(page, &["time"])),
    (PublishedBasis::Visible, labelled),
    (PublishedBasis::Script, script),
    (PublishedBasis::Modified, modified),
    (PublishedBasis::Visible, visible),
];

/// When a page was published, and by which rule.
pub(super) fn published(page: &Page<'_>) -> Option<Published> {
    let (basis, day) = RULES.iter().find_map(|(basis, rule)| rule(page).map(|day| (*basis, day)))?;
    let day = if zoned(basis) { local(page, day) } else { day };
    Some(Published { day, basis })
}

/// Whether the days of a rule come from stamps that may be in universal time.
fn zoned(basis: PublishedBasis) -> bool {
    matches!(
        basis,
        PublishedBasis::JsonLd | PublishedBasis::OpenGraph | PublishedBasis::Meta | PublishedBasis::Itemprop
    )
}

/// Stamps of machines are often in universal time, where the day may be the one before or after. If the page shows that
/// neighbour to its readers beside the heading, and not the day itself, the neighbour is the day.
fn local(page: &Page<'_>, day: Day) -> Day {
    let shown: Vec<Day> =
        [hatom, |page: &Page<'_>| time(page, SURE_TIMES), class].iter().filter_map(|rule| rule(page)).collect();
    let neighbour = shown.iter().find(|s| (s.number() - day.number()).abs() == 1);
    match neighbour {
        Some(shown_day) if !shown.contains(&day) => *shown_day,
        _ => day,
    }
}

impl Page<'_> {
    /// Days are written month first in the United States, and where a page says no more than that it is in English.
    fn month_first(&self) -> bool {
        let language = self.language.unwrap_or("en").trim().to_lowercase();
        matches!(language.as_str(), "" | "en") || language.starts_with("en-us") || language.starts_with("en_us")
    }

    fn day(&self, text: &str) -> Option<Day> {
        let text = text.trim();
        let cut: String = text.chars().take(200).collect();
        day_in(&cut, self.month_first()).or_else(|| epoch(text)).filter(|day| *day <= self.latest)
    }

    fn first<'t>(&self, mut texts: impl Iterator<Item = &'t str>) -> Option<Day> {
        texts.find_map(|text| self.day(text))
    }

    /// The first of the names, in their order, whose `meta` element holds a day.
    fn meta(&self, names: &[&str]) -> Option<Day> {
        let metas = self.document.select("meta[content]");
        let mut found: Option<(usize, Day)> = None;
        let last = names.len();
        for node in metas.nodes() {
            let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| node.attr(a));
            let Some(name) = name.map(|n| n.to_lowercase()) else { continue };
            // Sites have names of their own: "example:article:published".
            let own =
                || name.rsplit([':', '.']).next().is_some_and(|w| OWN_NAMES.contains(&w)) && names.len() == META.len();
            let Some(rank) = names.iter().position(|n| *n == name).or_else(|| own().then_some(last)) else { continue };
            if found.is_none_or(|(best, _)| rank < best)
                && let Some(day) = node.attr("content").and_then(|text| self.day(&text))
            {
                found = Some((rank, day));
            }
        }
        found.map(|(_, day)| day)
    }

    /// The day that an element names: in its attributes, else in its words if they are few.
    fn of(&self, node: &NodeRef<'_>) -> Option<Day> {
        ["datetime", "content", "title", "data-datetime", "data-date", "data-time", "data-timestamp", "data-utime"]
            .iter()
            .find_map(|attr| node.attr(attr).and_then(|text| self.day(&text)))
            .or_else(|| {
                let text = node.text();
                (text.len() <= 1_000)
                    .then(|| self.day(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
                    .flatten()
            })
    }

    fn select(&self, selector: &str) -> Option<Day> {
        self.document.select(selector).nodes().iter().take(50).find_map(|node| self.of(node))
    }
}

/// Seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<Day> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = text[..10].parse().ok()?;
    Day::from_number(i32::try_from(seconds / 86_400).ok()?)
}

fn itemprop(page: &Page<'_>) -> Option<Day> {
    page.select("[itemprop~='datePublished']").or_else(|| {
        page.select(
            "[itemprop~='dateCreated'], [property~='datePublished'], [property='dc:date'], [property='dc:created']",
        )
    })
}

fn hatom(page: &Page<'_>) -> Option<Day> {
    page.select(
        ".published[datetime], .published[title], .dt-published, .entry-date, abbr.published, .hentry .published",
    )
}

const SURE_TIMES: &[&str] = &["time[pubdate]", "article header time", "header time", "h1 ~ time", "article time"];

fn time(page: &Page<'_>, selectors: &[&str]) -> Option<Day> {
    selectors.iter().find_map(|selector| page.select(selector))
}

/// Elements whose class or id says that they hold a date.
fn class(page: &Page<'_>) -> Option<Day> {
    const WORDS: &[&str] = &[
        "date",
        "dates",
        "datetime",
        "dateline",
        "pubdate",
        "postdate",
        "datum",
        "fecha",
        "data",
        "published",
        "publish",
        "publication",
        "posted",
        "post-date",
        "timestamp",
        "time",
        "submitted",
        "created",
        "byline",
        "meta",
        "postmeta",
        "info",
        "infos",
        "postinfo",
        "author",
        "details",
        "zeit",
        "dato",
        "kategorie",
    ];
    // Sure names first; "meta" and "info" only after them.
    for sure in [true, false] {
        let end = if sure { 19 } else { WORDS.len() };
        let words = &WORDS[if sure { 0 } else { 19 }..end];
        let body = page.document.body()?;
        let heading = heading(page);
        let (mut nearest, mut seen): (Option<(usize, Day)>, usize) = (None, 0);
        for (at, node) in body.descendants_it().enumerate().filter(|(_, node)| node.is_element()) {
            if seen > 80 || nearest.is_some_and(|(far, _)| at > heading + far) {
                break;
            }
            if node.has_name("input") || !names_date(&node, words, sure) {
                continue;
            }
            seen += 1;
            let far = at.abs_diff(heading);
            if nearest.is_none_or(|(best, _)| far < best)
                && let Some(day) = page.of(&node)
            {
                nearest = Some((far, day));
            }
        }
        let found = nearest.map(|(_, day)| day);
        if found.is_some() {
            return found;
        }
    }
    None
}

fn names_date(node: &NodeRef<'_>, words: &[&str], sure: bool) -> bool {
    ["class", "id"].iter().any(|attr| {
        node.attr(attr).is_some_and(|value| {
            let value = value.to_lowercase();
            value.len() < 300
                && value
                    .split(|c: char| !c.is_ascii_alphanumeric())
                    .any(|word| words.contains(&word) || (sure && (word.ends_with("date") || word.starts_with("date"))))
        })
    })
}

fn modified(page: &Page<'_>) -> Option<Day> {
    page.first(page.json_ld.modified.iter().map(String::as_str))
        .or_else(|| page.meta(MODIFIED))
        .or_else(|| page.select("[itemprop~='dateModified'], .updated[datetime], .updated[title]"))
}

/// The first day in a text that opens with a word for publishing, or stands right after one.
fn labelled(page: &Page<'_>) -> Option<Day> {
    const LABELS: &[&str] = &[
        "published",
        "publication date",
        "posted",
        "first published",
        "veröffentlicht",
        "erschienen",
        "erstellt",
        "publié",
        "publicado",
        "publicada",
        "pubblicato",
        "pubblicata",
        "gepubliceerd",
        "geplaatst",
        "publicerad",
        "publisert",
        "offentliggjort",
        "udgivet",
        "opublikowano",
        "data publikacji",
        "publikováno",
        "опубликовано",
        "дата публикации",
        "опубліковано",
        "yayınlanma",
        "yayın tarihi",
        "diterbitkan",
        "publicat",
        "julkaistu",
    ];
    let body = page.document.body()?;
    let mut after = false;
    for text in texts(&body) {
        let lower = text.to_lowercase();
        let label = LABELS.iter().any(|l| lower.starts_with(l));
        if (label || after)
            && let Some(day) = page.day(&text)
        {
            return Some(day);
        }
        after = label && text.len() < 40;
    }
    None
}

/// Texts of some words, in order; scripts are none.
fn texts(body: &NodeRef<'_>) -> impl Iterator<Item = String> {
    body.descendants_it().filter_map(|node| text_of(&node))
}

fn text_of(node: &NodeRef<'_>) -> Option<String> {
    if !node.is_text() {
        return None;
    }
    let silent =
        node.parent().and_then(|p| p.node_name()).is_some_and(|n| matches!(&*n, "script" | "style" | "noscript"));
    let text = node.text();
    let text = text.trim();
    (!silent && (4..=400).contains(&text.len())).then(|| text.to_owned())
}

/// The day in the visible text that stands nearest to the heading; else one in the description.
fn visible(page: &Page<'_>) -> Option<Day> {
    let body = page.document.body()?;
    let heading = heading(page);
    let (mut nearest, mut seen): (Option<(usize, Day)>, usize) = (None, 0);
    for (at, node) in body.descendants_it().enumerate() {
        if seen > 2_000 || nearest.is_some_and(|(far, _)| at > heading + far) {
            break;
        }
        let far = at.abs_diff(heading);
        if nearest.is_some_and(|(best, _)| far >= best) {
            continue;
        }
        if let Some(text) = text_of(&node).filter(|text| text.bytes().any(|b| b.is_ascii_digit())) {
            seen += 1;
            if let Some(day) = page.day(&text) {
                nearest = Some((far, day));
            }
        }
    }
    nearest.map(|(_, day)| day).or_else(|| page.meta(&["description", "og:description", "twitter:description"]))
}

/// Where the heading of the article stands among the nodes of the body: a heading that says what the title says, else
/// the first of the highest rank; 0 if there is none.
fn heading(page: &Page<'_>) -> usize {
    let bare =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let title = bare(&page.document.select_single("title").text());
    let Some(body) = page.document.body() else { return 0 };
    let mut first = None;
    for (at, node) in body.descendants_it().enumerate() {
        let rank = node.node_name().and_then(|n| match &*n {
            "h1" => Some(1),
            "h2" => Some(2),
            "h3" => Some(3),
            _ => None,
        });
        let Some(rank) = rank else { continue };
        let text = bare(&node.text());
        if text.len() >= 12 && title.contains(&text) {
            return at;
        }
        if first.is_none_or(|(best, _)| rank < best) {
            first = Some((rank, at));
        }
    }
    first.filter(|(rank, _)| *rank == 1).map_or(0, |(_, at)| at)
}

/// The day under a key of publication in the data that a script holds.
fn script(page: &Page<'_>) -> Option<Day> {
    const KEYS: &[&str] = &[
        "datePublished",
        "published_at",
        "publishedAt",
        "publishDate",
        "publish_date",
        "publishedDate",
        "published_date",
        "publicationDate",
        "publication_date",
        "datePublication",
        "pubDate",
        "firstPublished",
        "firstPublishedAt",
        "published_time",
        "publishedTime",
    ];
    let scripts = page.document.select("script:not([src])");
    let texts: Vec<_> = scripts.nodes().iter().take(200).map(|node| node.text()).collect();
    KEYS.iter().find_map(|key| {
        texts.iter().find_map(|text| {
            let at = text.find(&format!("{key}\"")).or_else(|| text.find(&format!("{key}\\\"")))?;
            let value: String = text[at + key.len()..].chars().take(30).collect();
            let value = value.trim_start_matches(['"', '\'', '\\', ':', ' ']);
            page.day(value.split(['"', ',', '\\']).next()?)
        })
    })
}
