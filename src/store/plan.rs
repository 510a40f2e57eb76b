use rusqlite::{Connection, params_from_iter};

use super::codes::AllCodes;
use super::{Fault, select};
use crate::model::Filter;

pub(super) fn of(conn: &Connection, codes: &AllCodes, filter: &Filter) -> Result<Vec<String>, Fault> {
    let query = select::build(conn, codes, filter)?;
    let mut explain = conn.prepare(&format!("EXPLAIN QUERY PLAN {}", query.sql))?;
    let steps = explain.query_map(params_from_iter(&query.values), |row| row.get(3))?.collect::<Result<_, _>>()?;
    Ok(steps)
}
