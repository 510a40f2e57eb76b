use crate::model::{Day, Published};
use crate::time::{Anchor, Field, Term, Unit};

use super::candidate::Candidate;

/// What kind of text an article is, as far as its dates tell.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    /// The day of writing.
    pub dct: Option<Day>,
    /// The dates hang on each other, not on the day of writing.
    pub narrative: bool,
}

/// A report tells its day in so many sentences, title and date line among them.
const LEAD: usize = 5;

/// What lies farther back than so many years is history, and no background of a report.
const HISTORY: i32 = 60;

impl Profile {
    /// Looks at all candidates at once: a narrative names many years far from its day of writing and hardly ever says
    /// "yesterday" or "last week".
    pub fn of(candidates: &[Candidate], published: Option<Published>) -> Profile {
        let Some(dct) = published.map(|p| p.day) else { return Profile { dct: None, narrative: true } };
        // "A court on Tuesday sentenced": a report of today, however many years it goes back to later.
        let is_weekday = |c: &Candidate| matches!(c.term.field(), Some(Field::Weekday(_)));
        let dated = |c: &&Candidate| year_of(&c.term).is_some() || c.term.field().is_some() || is_deictic(&c.term);
        if candidates.iter().find(dated).is_some_and(|c| is_weekday(c) && c.sentence < LEAD) {
            return Profile { dct: Some(dct), narrative: false };
        }
        let first = candidates.iter().find(dated).and_then(|c| year_of(&c.term));
        let (mut far, mut near, mut deictic, mut weekdays) = (0usize, 0usize, 0usize, 0usize);
        for candidate in candidates {
            match year_of(&candidate.term) {
                Some(year) if (year - dct.year()).abs() > 1 => far += 1,
                Some(_) => near += 1,
                None if is_weekday(candidate) => weekdays += 1,
                None if is_deictic(&candidate.term) => deictic += 1,
                None => {}
            }
        }
        Profile {
            dct: Some(dct),
            // "The siege began on 18 May 1565 ... it fell on 23 June": nothing hangs on the day of writing.
            narrative: first.is_some_and(|y| (y - dct.year()).abs() > HISTORY) && near + deictic + weekdays == 0
                || far >= 3 && far > 4 * (near + deictic + weekdays)
                || far >= 5 && far > 2 * (near + 2 * deictic)
                || far + near >= 20 && far + near > 6 * deictic,
        }
    }
}

/// The year of a term that is given in full and not coarser than a year.
fn year_of(term: &Term) -> Option<i32> {
    match term {
        Term::Cell(cell) if !matches!(cell.unit(), Unit::Decade | Unit::Century | Unit::Millennium) => {
            Some(cell.named_year())
        }
        Term::In(_, base) | Term::Modified(_, base) | Term::At(_, Some(base)) => year_of(base),
        Term::Nth(_, _, base) | Term::NthDay(_, _, base) => year_of(base),
        _ => None,
    }
}

/// Whether a term hangs on the day of writing for certain.
fn is_deictic(term: &Term) -> bool {
    match term {
        Term::Anchor(Anchor::Dct) | Term::Pick(_, _, Anchor::Dct) => true,
        Term::Shift(base, ..) | Term::Move(base, ..) | Term::Nth(_, _, base) | Term::Modified(_, base) => {
            is_deictic(base)
        }
        Term::At(_, Some(base)) | Term::In(_, base) => is_deictic(base),
        _ => false,
    }
}
