//! Writing: one article with all that was understood of it, in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::summary::MentionFacts;
use super::{Fault, Saved, Saving, Store, actors, copies, events, places, rows};
use crate::model::{Analysis, Article, ArticleId, ContentHash, Language, Span};

/// Ids of the rows that the lists of an analysis became.
pub(super) struct Ids {
    pub article: i64,
    pub actors: Vec<i64>,
    pub places: Vec<i64>,
}

/// The article in the database that this one is: the same words under the same title, from no other address or outlet.
/// What is not known agrees with anything. `hash` is that of the text.
pub(super) fn find(conn: &Connection, article: &Article, hash: &str) -> Result<Option<ArticleId>, Fault> {
    let mut same = conn.prepare_cached(
        "SELECT id FROM article WHERE substr(sha256, 1, 12) = substr(?1, 1, 12) AND sha256 = ?1 AND imported IS NULL
           AND (title IS NULL OR ?2 IS NULL OR title = ?2) AND (url IS NULL OR ?3 IS NULL OR url = ?3)
           AND (source IS NULL OR ?4 IS NULL OR source = ?4)
         ORDER BY title IS NOT ?2, url IS NOT ?3, source IS NOT ?4, id LIMIT 1",
    )?;
    Ok(same
        .query_row(params![hash, text(&article.title), text(&article.url), text(&article.source)], |row| row.get(0))
        .optional()?
        .map(ArticleId))
}

/// A text that says something.
pub(super) fn text(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|t| !t.is_empty())
}

impl Store {
    /// Saves one article: all of it, or nothing.
    pub(super) fn write(&mut self, article: &Article, analysis: &Analysis, how: &Saving<'_>) -> Result<Saved, Fault> {
        fits(article, analysis)?;
        if self.loading && how.linker.is_some() {
            return Err(Fault::Misfit("events are linked after the first load"));
        }
        self.index_before(how.replace)?;
        self.as_one(|store| store.write_rows(article, analysis, how))
    }

    /// What is about to be replaced must be in the search index, where its words are taken out.
    pub(super) fn index_before(&mut self, replace: bool) -> Result<(), Fault> {
        if replace { rows::put_words(&self.conn, &mut self.unindexed) } else { Ok(()) }
    }

    /// All that `work` writes, or nothing of it. Inside a batch that is a savepoint, else a transaction.
    pub(super) fn as_one<T>(&mut self, work: impl FnOnce(&mut Store) -> Result<T, Fault>) -> Result<T, Fault> {
        let inside = !self.conn.is_autocommit();
        self.conn.execute_batch(if inside { "SAVEPOINT article" } else { "BEGIN IMMEDIATE" })?;
        let begun = if inside { Ok(()) } else { self.transaction_began() };
        let unindexed = self.unindexed.len();
        let done = begun.and_then(|()| work(self)).and_then(|done| {
            if !inside {
                rows::put_words(&self.conn, &mut self.unindexed)?;
            }
            self.conn.execute_batch(if inside { "RELEASE article" } else { "COMMIT" })?;
            Ok(done)
        });
        if done.is_err() {
            // The rules of this article are rolled back with it. A full disk may have ended the transaction already.
            self.rules.clear();
            self.known.clear();
            self.unindexed.truncate(unindexed);
            if !self.conn.is_autocommit() {
                self.conn.execute_batch(if inside { "ROLLBACK TO article; RELEASE article" } else { "ROLLBACK" })?;
            }
        }
        done
    }

    fn write_rows(&mut self, article: &Article, analysis: &Analysis, how: &Saving<'_>) -> Result<Saved, Fault> {
        let (write, codes) = (&self.conn, &self.codes);
        let hash = ContentHash::of(&article.text).to_string();
        let known = find(write, article, &hash)?;
        if let Some(id) = known.filter(|_| !how.replace) {
            return Ok(Saved::Unchanged(id));
        }
        let old = match known {
            Some(id) => events::forget(write, id.0)?,
            None => Vec::new(),
        };
        let mut rules = rows::Rules::new(&mut self.rules);
        let language = article.language.or(analysis.language);
        let id = put_article(write, article, &hash, language, known.map(|id| id.0), analysis, how.ingested_at)?;
        let original = match known {
            Some(known) => copies::original_of(write, known.0)?,
            None => copies::note_down(write, id, &article.text, &hash)?,
        };
        let copied = original.map(|original| copies::mentions(write, original)).transpose()?;
        let mut ids = Ids { article: id, actors: Vec::new(), places: Vec::new() };
        for actor in &analysis.actors {
            let rule = rules.id(write, &actor.rule)?;
            ids.actors.push(actors::unify(write, &mut self.known, actor, rule)?);
        }
        for place in &analysis.places {
            ids.places.push(places::intern(write, &place.place)?);
        }
        rows::put_sentences(write, codes, analysis, id)?;
        if !self.loading {
            self.unindexed.push(id);
        }
        rows::put_times(write, codes, &mut rules, analysis, id)?;
        rows::put_notes(write, analysis, id)?;
        let facts = mention_facts(write, codes, analysis, &ids)?;
        let new = events::assign(write, codes, analysis, &facts, &old, how.linker, copied.as_deref())?;
        for (number, event) in new.of_mention.iter().enumerate() {
            if let Some(event) = event {
                let because = new.because[number].as_deref();
                rows::put_mention(write, codes, &mut rules, analysis, number, *event, &ids, because)?;
            }
        }
        if let Some(original) = original {
            let left_out = new.of_mention.iter().filter(|e| e.is_none()).count();
            copies::put_note(write, id, analysis.notes.len(), original, left_out)?;
        }
        let touched: BTreeSet<i64> = old.iter().map(|m| m.event).chain(new.joined.iter().copied()).collect();
        for event in &touched {
            events::refresh(write, codes, *event)?;
        }
        if let Some(linker) = how.linker {
            for event in &new.joined {
                events::repair(write, codes, *event, linker)?;
            }
        }
        let article = ArticleId(id);
        let events = new.of_mention.iter().flatten().collect::<BTreeSet<_>>().len();
        Ok(match known {
            Some(_) => Saved::Replaced { article, events, new_events: new.created },
            None => Saved::New { article, events, new_events: new.created },
        })
    }
}

/// Refuses an analysis with an index or a span outside of what it belongs to: it must never reach a row.
pub(super) fn fits(article: &Article, analysis: &Analysis) -> Result<(), Fault> {
    if analysis.sentences.len() > 1 << 20 {
        return Err(Fault::TooLong(analysis.sentences.len()));
    }
    let inside = |span: Span| article.text.get(span.range()).is_some();
    let index = |i: Option<usize>, len: usize| i.is_none_or(|i| i < len);
    let mut spans: Vec<Span> = analysis.sentences.iter().map(|s| s.span).collect();
    spans.extend(analysis.times.iter().map(|t| t.span));
    spans.extend(analysis.places.iter().map(|p| p.span));
    spans.extend(analysis.notes.iter().filter_map(|n| n.span));
    for event in &analysis.events {
        spans.push(event.trigger.span);
        spans.extend(event.participants.iter().map(|p| p.span));
        spans.extend(event.counts.iter().map(|c| c.span));
        spans.extend(event.reasons.iter().filter_map(|r| r.span));
        spans.extend(event.attribution.as_ref().map(|a| a.span));
        let speaker = event.attribution.as_ref().and_then(|a| a.actor);
        if event.sentence >= analysis.sentences.len()
            || !index(event.when.timex, analysis.times.len())
            || !index(event.place, analysis.places.len())
            || !index(speaker, analysis.actors.len())
            || !event.participants.iter().all(|p| index(p.actor, analysis.actors.len()))
        {
            return Err(Fault::Misfit("an index of an event points outside its list"));
        }
    }
    if !analysis.times.iter().all(|t| index(t.anchor, analysis.times.len()) && index(t.until, analysis.times.len())) {
        return Err(Fault::Misfit("an anchor or end points outside the list of time expressions"));
    }
    let head = &article.head;
    spans.extend([head.title, head.byline, head.date, head.place, head.source].into_iter().flatten());
    if spans.into_iter().all(inside) { Ok(()) } else { Err(Fault::Misfit("a span lies outside the text")) }
}

/// The number of an article's first sentence: the one that it has, if there is room for all of them, else the next that no
/// other article has. An article without sentences takes one number.
fn first_sentence(write: &Connection, known: Option<i64>, sentences: usize) -> Result<i64, Fault> {
    if let Some(known) = known {
        let (first, room): (i64, Option<i64>) = write
            .prepare_cached(
                "SELECT first_sentence, (SELECT min(n.first_sentence) FROM article n WHERE n.first_sentence > r.first_sentence)
                     - first_sentence FROM article r WHERE id = ?1",
            )?
            .query_row([known], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if room.is_none_or(|room| sentences as i64 <= room) {
            return Ok(first);
        }
    }
    let free = write
        .prepare_cached(
            "SELECT first_sentence + max(1, ifnull((SELECT max(s.sentence) + 1 FROM sentence s WHERE s.article_id = r.id), 1))
             FROM article r ORDER BY first_sentence DESC LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(free.unwrap_or(1))
}

/// Writes the row of an article: a new one, or the one with this id, whose old analysis is gone already. Returns its id.
pub(super) fn put_article(
    write: &Connection,
    article: &Article,
    hash: &str,
    language: Option<Language>,
    known: Option<i64>,
    analysis: &Analysis,
    ingested_at: i64,
) -> Result<i64, Fault> {
    let first = first_sentence(write, known, analysis.sentences.len())?;
    let published = article.published;
    let sql = match known {
        None => {
            "INSERT INTO article (external_id, title, byline, source, url, place, published, published_basis, origin,
                 ingested_at, sha256, body_start, text, language, first_sentence)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
        }
        // What the new reading does not know, the old one may have known.
        Some(_) => {
            "UPDATE article SET external_id = ifnull(?1, external_id), title = ifnull(?2, title),
                 byline = ifnull(?3, byline), source = ifnull(?4, source), url = ifnull(?5, url),
                 place = ifnull(?6, place), published = ifnull(?7, published),
                 published_basis = ifnull(?8, published_basis), origin = ifnull(?9, origin), ingested_at = ?10,
                 sha256 = ?11, body_start = ?12, text = ?13, language = ifnull(?14, language),
                 first_sentence = ?15
             WHERE id = ?16"
        }
    };
    let mut put = write.prepare_cached(sql)?;
    let mut values: Vec<&dyn rusqlite::ToSql> = Vec::with_capacity(16);
    let language = language.as_ref().map(|l| l.as_str());
    let (external, title, byline) = (text(&article.id), text(&article.title), text(&article.byline));
    let (source, url, place, origin) =
        (text(&article.source), text(&article.url), text(&article.place), text(&article.origin));
    let (day, basis) = (published.map(|p| p.day.number()), published.map(|p| p.basis.as_str()));
    values.extend([&external as &dyn rusqlite::ToSql, &title, &byline, &source, &url, &place, &day, &basis, &origin]);
    values.extend([&ingested_at as &dyn rusqlite::ToSql, &hash, &article.head.body, &article.text, &language]);
    values.push(&first);
    values.extend(known.as_ref().map(|id| id as &dyn rusqlite::ToSql));
    let id = match known {
        None => put.insert(&values[..])?,
        Some(id) => {
            put.execute(&values[..])?;
            write.prepare_cached("DELETE FROM head_part WHERE article_id = ?1")?.execute([id])?;
            id
        }
    };
    let head = &article.head;
    let parts = [
        ("title", head.title),
        ("byline", head.byline),
        ("date", head.date),
        ("place", head.place),
        ("source", head.source),
    ];
    for (part, span) in parts.into_iter().filter_map(|(part, span)| Some((part, span?))) {
        write
            .prepare_cached("INSERT INTO head_part (article_id, part, start, end) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, part, span.start, span.end])?;
    }
    Ok(id)
}

/// What each mention says, in terms of rows.
pub(super) fn mention_facts(
    write: &Connection,
    codes: &super::codes::AllCodes,
    analysis: &Analysis,
    ids: &Ids,
) -> Result<Vec<MentionFacts>, Fault> {
    // The article's row knows more than this reading of it, when it was read before with more metadata.
    let (source, url, published, first): (Option<String>, Option<String>, Option<i32>, i64) = write
        .prepare_cached("SELECT source, url, published, first_sentence FROM article WHERE id = ?1")?
        .query_row([ids.article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let source = events::source_key(source.as_deref(), url.as_deref(), ids.article);
    analysis
        .events
        .iter()
        .enumerate()
        .map(|(number, event)| {
            let mut actors: BTreeMap<(i64, crate::model::Role), ()> = BTreeMap::new();
            for p in &event.participants {
                if let Some(actor) = p.actor {
                    actors.insert((ids.actors[actor], p.role), ());
                }
            }
            Ok(MentionFacts {
                article: ids.article,
                mention: number as i64,
                sentence: first + event.sentence as i64,
                source: source.clone(),
                published,
                event_type: event.event_type,
                mode: event.mode.clone().filter(|m| !m.is_empty()),
                contexts: codes.bits(&event.contexts)?,
                when: event.when.clone(),
                place: event.place.map(|p| (ids.places[p], analysis.places[p].place.precision)),
                polarity: event.polarity,
                modality: event.modality,
                aspect: event.aspect,
                confidence: rows::thousandths(event.confidence),
                actors: actors.into_keys().collect(),
            })
        })
        .collect()
}
