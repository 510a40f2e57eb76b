//! Events of tables that others made: written beside what was read in articles, and linked with nothing.

use rusqlite::{Connection, params};

use super::event_rows::put;
use super::save::{Ids, fits, mention_facts, put_article};
use super::summary::summarise;
use super::{Fault, Importing, Saved, Store, actors, events, places, rows};
use crate::model::{Analysis, Article, ArticleId, ContentHash, Origin};

/// What was made of a row when its table was read before.
struct Known {
    articles: Vec<i64>,
    event: i64,
}

/// The articles of a row and its event. The first article bears the key as its id, the others the
/// key, a control character (31) and a number.
fn known(conn: &Connection, origin: Origin, key: &str) -> Result<Option<Known>, Fault> {
    let mut of_row = conn.prepare_cached(
        "SELECT id FROM article WHERE imported = ?1 AND (external_id = ?2 OR external_id > ?2 || char(31) AND external_id < ?2 || ' ')
         ORDER BY id",
    )?;
    let articles: Vec<i64> =
        of_row.query_map(params![origin.as_str(), key], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let Some(first) = articles.first() else { return Ok(None) };
    let event = conn
        .prepare_cached("SELECT event_id FROM mention WHERE article_id = ?1 ORDER BY mention LIMIT 1")?
        .query_row([first], |row| row.get(0))?;
    Ok(Some(Known { articles, event }))
}

impl Store {
    /// Saves one event of a table: all of it, or nothing.
    pub(super) fn write_imported(&mut self, told: &[(Article, Analysis)], how: &Importing<'_>) -> Result<Saved, Fault> {
        for (article, analysis) in told {
            fits(article, analysis)?;
        }
        self.index_before(how.replace)?;
        self.as_one(|store| store.imported_rows(told, how))
    }

    fn imported_rows(&mut self, told: &[(Article, Analysis)], how: &Importing<'_>) -> Result<Saved, Fault> {
        let Importing { origin, key, replace, ingested_at } = *how;
        let (write, codes) = (&self.conn, &self.codes);
        let before = known(write, origin, key)?;
        if let Some(Known { articles, .. }) = before.as_ref().filter(|_| !replace) {
            return Ok(Saved::Unchanged(ArticleId(articles[0])));
        }
        for article in before.iter().flat_map(|known| &known.articles) {
            events::forget(write, *article)?;
            write.prepare_cached("DELETE FROM article WHERE id = ?1")?.execute([article])?;
        }
        let mut rules = rows::Rules::new(&mut self.rules);
        let (mut ids, mut facts) = (Vec::new(), Vec::new());
        for (article, analysis) in told {
            let hash = ContentHash::of(&article.text).to_string();
            let id = put_article(write, article, &hash, article.language, None, analysis, ingested_at)?;
            write
                .prepare_cached("UPDATE article SET imported = ?1 WHERE id = ?2")?
                .execute(params![origin.as_str(), id])?;
            let mut of_article = Ids { article: id, actors: Vec::new(), places: Vec::new() };
            for actor in &analysis.actors {
                let rule = rules.id(write, &actor.rule)?;
                of_article.actors.push(actors::unify(write, &mut self.known, actor, rule)?);
            }
            for place in &analysis.places {
                of_article.places.push(places::intern(write, &place.place)?);
            }
            rows::put_sentences(write, codes, analysis, id)?;
            if !self.loading {
                self.unindexed.push(id);
            }
            rows::put_times(write, codes, &mut rules, analysis, id)?;
            facts.extend(mention_facts(write, codes, analysis, &of_article)?);
            ids.push(of_article);
        }
        let summary = summarise(&facts).ok_or(Fault::Misfit("an event of a table without evidence"))?;
        let event = put(write, codes, before.as_ref().map(|known| known.event), &summary)?;
        for ((_, analysis), ids) in told.iter().zip(&ids) {
            for number in 0..analysis.events.len() {
                rows::put_mention(write, codes, &mut rules, analysis, number, event, ids, None)?;
            }
        }
        // The event may have had mentions of other rows, joined to it by hand.
        events::refresh(write, codes, event)?;
        let article = ArticleId(ids[0].article);
        Ok(match before {
            Some(_) => Saved::Replaced { article, events: 1, new_events: 0 },
            None => Saved::New { article, events: 1, new_events: 1 },
        })
    }
}
