//! The bare loader: the rows of a database into an empty one of the same schema, by plain prepared inserts in transactions of
//! the same size, indexes and search index last, without a thought. How long reading the rows takes does not count.

use std::path::Path;

use dateline::store::Store;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::{BATCH, cpu};

/// Tables whose rows are few beside those of events: copied whole.
const FEW: [&str; 6] = ["rule", "ground", "actor", "alias", "place", "event_count"];

/// Tables with their rows of a range of articles; an event comes with the article that tells of it first.
const OF_ARTICLES: [(&str, &str); 10] = [
    ("article", "SELECT * FROM article WHERE id BETWEEN ?1 AND ?2"),
    ("head_part", "SELECT * FROM head_part WHERE article_id BETWEEN ?1 AND ?2"),
    ("sentence", "SELECT * FROM sentence WHERE article_id BETWEEN ?1 AND ?2"),
    ("timex", "SELECT * FROM timex WHERE article_id BETWEEN ?1 AND ?2"),
    ("event", "SELECT * FROM event WHERE id IN (SELECT event_id FROM mention WHERE article_id BETWEEN ?1 AND ?2)"),
    (
        "event_actor",
        "SELECT * FROM event_actor WHERE event_id IN (SELECT event_id FROM mention WHERE article_id BETWEEN ?1 AND ?2)",
    ),
    ("mention", "SELECT * FROM mention WHERE article_id BETWEEN ?1 AND ?2"),
    ("participant", "SELECT * FROM participant WHERE article_id BETWEEN ?1 AND ?2"),
    ("count", "SELECT * FROM count WHERE article_id BETWEEN ?1 AND ?2"),
    ("article_band", "SELECT * FROM temp.band WHERE article_id BETWEEN ?1 AND ?2"),
];

fn rows(from: &Connection, sql: &str, values: &[i64]) -> Vec<Vec<Value>> {
    let mut query = from.prepare_cached(sql).unwrap();
    let width = query.column_count();
    let rows = query.query_map(params_from_iter(values), |row| (0..width).map(|i| row.get(i)).collect()).unwrap();
    rows.map(Result::unwrap).collect()
}

fn put(to: &Connection, table: &str, rows: &[Vec<Value>]) {
    let Some(first) = rows.first() else { return };
    let values = vec!["?"; first.len()].join(", ");
    let mut insert = to.prepare_cached(&format!("INSERT INTO {table} VALUES ({values})")).unwrap();
    for row in rows {
        insert.execute(params_from_iter(row)).unwrap();
    }
}

/// Loads the rows of `from` into `path` and tells what share of its rate `rate` is.
pub fn load(from: &Path, path: &Path, rate: f64) {
    let _ = std::fs::remove_file(path);
    drop(Store::open(path).unwrap());
    let from = Connection::open(from).unwrap();
    let to = Connection::open(path).unwrap();
    let one = |sql: &str| from.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    to.execute_batch(
        "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA foreign_keys = OFF; PRAGMA wal_autocheckpoint = 2048",
    )
    .unwrap();
    // Bands stand in the order of their hashes: sorted here once, for a look-up by article.
    from.execute_batch("CREATE TEMP TABLE band AS SELECT * FROM article_band ORDER BY article_id").unwrap();
    from.execute_batch("CREATE INDEX temp.band_by_article ON band (article_id)").unwrap();
    let indexes: Vec<String> = rows(&to, "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql NOTNULL", &[])
        .into_iter()
        .map(|row| if let Value::Text(sql) = &row[0] { sql.clone() } else { unreachable!("a text") })
        .collect();
    let events = one("SELECT count(*) FROM event") as f64;
    let articles = one("SELECT max(id) FROM article");
    let mut spent = 0.0;
    let mut work = |work: &mut dyn FnMut()| {
        let before = cpu();
        work();
        spent += cpu() - before;
    };
    work(&mut || {
        for row in rows(&to, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql NOTNULL", &[]) {
            let Value::Text(name) = &row[0] else { unreachable!("a text") };
            to.execute_batch(&format!("DROP INDEX {name}")).unwrap();
        }
    });
    for table in FEW {
        let all = rows(&from, &format!("SELECT * FROM {table}"), &[]);
        work(&mut || {
            to.execute_batch("BEGIN").unwrap();
            put(&to, table, &all);
            to.execute_batch("COMMIT").unwrap();
        });
    }
    for first in (1..=articles).step_by(BATCH) {
        let range = [first, first + BATCH as i64 - 1];
        let batch: Vec<(&str, Vec<Vec<Value>>)> =
            OF_ARTICLES.iter().map(|(table, sql)| (*table, rows(&from, sql, &range))).collect();
        work(&mut || {
            to.execute_batch("BEGIN").unwrap();
            for (table, rows) in &batch {
                put(&to, table, rows);
            }
            to.execute_batch("COMMIT").unwrap();
        });
    }
    work(&mut || {
        to.execute_batch("BEGIN; INSERT INTO sentence_fts (sentence_fts, rank) VALUES ('hashsize', 67108864)").unwrap();
        to.execute_batch("INSERT INTO sentence_fts (sentence_fts) VALUES ('rebuild')").unwrap();
        for sql in &indexes {
            to.execute_batch(sql).unwrap();
        }
        to.execute_batch("COMMIT").unwrap();
    });
    println!(
        "the bare loader: {:.0} events a CPU second; the load is {:.2} of it",
        events / spent,
        rate * spent / events
    );
    drop((from, to));
    std::fs::remove_file(path).unwrap();
}
