use crate::model::TimexKind;
use crate::time::{Anchor, Anchors, Cell, Direction, Duration, Field, Reading, Term, Unit};

use super::candidate::Candidate;
use super::profile::Profile;

/// What the text speaks of at this point.
pub struct State {
    profile: Profile,
    dct: Option<Cell>,
    /// The date that "the next day" counts from, and the time expression that gave it.
    reference: Option<(Cell, Option<usize>)>,
    /// The date that bare months and days of a narrative belong to, and its paragraph.
    base: Option<(Cell, u32)>,
    /// The quarter, half or month that figures are compared with, and the sentence that named it.
    frame: Option<(Cell, usize)>,
    /// The quarter or half that was named last.
    quarter: Option<Cell>,
    sentence: usize,
    /// The day spoken of last, its sentence and its time expression.
    day: Option<(Cell, usize, usize)>,
    /// The last day on which something happened, not only was said.
    happening: Option<(Cell, usize, usize)>,
    /// The candidate before begins a range that this one ends.
    in_range: bool,
    /// The article has spoken of the days around its day of writing: "on Monday", "yesterday".
    of_today: bool,
    /// It has named an older day with its weekday: "Thursday, Aug. 17".
    by_weekday: bool,
}

/// A clock time goes back to a day of the last so many days ...
const STORY_DAYS: i32 = 10;

/// Days of a week: a weekday without a date lies in the last one.
const WEEK: i32 = 7;

/// ... that was named so many sentences before.
const STORY_SENTENCES: usize = 8;

impl State {
    pub fn new(profile: Profile) -> State {
        let dct = profile.dct.map(Cell::day);
        State {
            profile,
            dct,
            reference: dct.filter(|_| !profile.narrative).map(|c| (c, None)),
            base: None,
            frame: None,
            quarter: None,
            sentence: 0,
            day: None,
            happening: None,
            in_range: false,
            of_today: false,
            by_weekday: false,
        }
    }

    /// Moves on to the sentence of a candidate.
    pub fn enter(&mut self, candidate: &Candidate) {
        self.sentence = candidate.sentence;
    }

    /// The quarter that is being reported, if one was named lately.
    fn frame(&self) -> Option<Cell> {
        self.frame.filter(|f| self.sentence - f.1.min(self.sentence) <= 6).map(|f| f.0)
    }

    /// Puts what the text has said before in the place of what the words leave out.
    pub fn adapt(&self, candidate: &Candidate) -> Term {
        let frame = self.frame();
        match &candidate.term {
            // "A year earlier" in a report on a quarter is the same quarter of the year before.
            Term::Move(base, true, duration) if is_year(duration) && matches!(**base, Term::Anchor(_)) => match frame {
                Some(frame) => Term::Shift(Box::new(Term::Cell(frame)), frame.unit(), -year_in(frame.unit())),
                None => candidate.term.clone(),
            },
            // "The quarter" is the one that was named.
            quarter if is_the_quarter(quarter) => match frame {
                Some(frame) => Term::Cell(frame),
                None => match self.dct {
                    Some(dct) => Term::Shift(Box::new(Term::Cell(dct)), Unit::Quarter, -1),
                    None => candidate.term.clone(),
                },
            },
            // "The year-ago quarter".
            Term::Shift(inner, Unit::Quarter, n) if is_the_quarter(inner) => {
                let quarter = frame.or(self.quarter).filter(|c| c.unit() == Unit::Quarter);
                let last = self.dct.and_then(|d| Cell::of(d.first(), Unit::Quarter).shift(-1));
                match quarter.or(last) {
                    Some(cell) => Term::Shift(Box::new(Term::Cell(cell)), Unit::Quarter, *n),
                    None => candidate.term.clone(),
                }
            }
            // "The 1988 quarter" is that of the other year; without a quarter in the air it is the year.
            Term::In(inner, year) if is_the_quarter(inner) => match (frame, &**year) {
                (Some(frame), Term::Cell(cell)) => {
                    let years = cell.named_year() - frame.named_year();
                    Term::Shift(Box::new(Term::Cell(frame)), frame.unit(), years * year_in(frame.unit()))
                }
                _ => (**year).clone(),
            },
            other => other.clone(),
        }
    }

    /// What a term is read against.
    pub fn anchors(
        &self,
        term: &Term,
        direction: Direction,
        quoted: impl Fn() -> bool,
        ahead: impl Fn() -> bool,
    ) -> Anchors {
        let mut anchors = Anchors {
            dct: self.dct,
            reference: self.reference.map(|r| r.0),
            bare: if self.profile.narrative { Anchor::Reference } else { Anchor::Dct },
            direction,
        };
        if self.profile.narrative && matches!(term.field(), Some(field) if !matches!(field, Field::DayOfMonth(_))) {
            anchors.reference = self.base.map(|b| b.0);
        }
        // Before a narrative has named a year, it speaks of its day of writing: "On March 29, the Senate repealed the act of
        // 1991".
        let opens = self.profile.narrative && self.base.is_none() && self.reference.is_none();
        if let (true, Some(Field::MonthDay(..) | Field::Month(_))) = (opens && self.dct.is_some(), term.field()) {
            anchors.bare = Anchor::Dct;
            anchors.direction = Direction::MostlyPast;
        }
        // Whoever is quoted in a narrative says "two years ago" at the time that is told of.
        if self.profile.narrative && looks_from_today(term) && quoted() {
            anchors.dct = self.base.map(|b| b.0).or(self.dct);
        }
        if let Some(Field::EraYear(_)) = term.field() {
            anchors.bare = Anchor::Reference;
            anchors.direction = Direction::Within;
            anchors.reference = self.reference.map(|r| r.0).filter(|c| c.last().year() <= 0);
        }
        // "The 20th" and a time of day belong to what was said last.
        if matches!(term, Term::Field(Field::DayOfMonth(_))) {
            anchors.bare = Anchor::Reference;
            anchors.direction = Direction::Within;
        }
        // A time of day belongs to the day of the story, else to the day of writing.
        if let (Term::At(_, None), Some((cell, ..))) = (term, self.day_of_clock(ahead)) {
            anchors.reference = Some(cell);
            anchors.bare = Anchor::Reference;
        }
        // "It broke out on Thursday, Aug. 17. On Friday winds fanned it": what began with a date goes on from it.
        if let (Some(Field::Weekday(_)), Direction::Past, Some(day)) =
            (term.field(), direction, self.day_of_chronicle())
        {
            anchors.reference = Some(day);
            anchors.bare = Anchor::Reference;
            anchors.direction = Direction::Future;
        }
        // The end of a range is the first that is not before its beginning.
        if self.in_range && self.reference.is_some() {
            anchors.bare = Anchor::Reference;
            anchors.direction = Direction::Future;
        }
        anchors
    }

    /// The day from which a story goes on by weekdays: it began with a date and its weekday more than a week ago, and
    /// nothing yet was told from the day of writing.
    fn day_of_chronicle(&self) -> Option<Cell> {
        let (cell, sentence, _) = self.happening.filter(|_| self.by_weekday && !self.of_today)?;
        let age = self.dct?.first().number() - cell.first().number();
        (age > WEEK && self.sentence <= sentence + STORY_SENTENCES).then_some(cell)
    }

    /// The day that a time of day belongs to: the one spoken of just now, else the last on which something happened,
    /// unless that is long ago or the clause looks ahead.
    fn day_of_clock(&self, ahead: impl Fn() -> bool) -> Option<(Cell, usize, usize)> {
        let now = self.day.filter(|d| self.sentence <= d.1 + 1);
        let lately = |c: &Cell| {
            let age = self.dct.map(|d| d.first().number() - c.first().number());
            age.is_none_or(|days| (0..=STORY_DAYS).contains(&days))
        };
        now.or_else(|| self.happening.filter(|h| lately(&h.0) && self.sentence <= h.1 + STORY_SENTENCES && !ahead()))
    }

    /// The time expression that served as anchor.
    pub fn anchor_index(&self, term: &Term, reading: &Reading) -> Option<usize> {
        if reading.anchor != Some(Anchor::Reference) {
            return None;
        }
        match (term, reading.cell) {
            (Term::At(_, None), Some(cell)) => {
                let days = [self.day, self.happening];
                days.into_iter().flatten().find(|d| d.0 == cell).map(|d| d.2)
            }
            _ => self.reference.and_then(|r| r.1),
        }
    }

    /// Takes in what was read.
    pub fn leave(&mut self, index: usize, candidate: &Candidate, reading: &Reading, of_saying: bool) {
        // "In the first nine months" leaves the quarter.
        if let Term::Duration(duration) = &candidate.term
            && duration.months().is_some_and(|m| (4..12).contains(&m))
        {
            self.frame = None;
        }
        let ended = std::mem::replace(&mut self.in_range, candidate.to_next && reading.cell.is_some());
        let Some(cell) = reading.cell.filter(|_| matches!(reading.kind, TimexKind::Date | TimexKind::Time)) else {
            return;
        };
        if matches!(cell.unit(), Unit::Quarter | Unit::Half) {
            // A comparison with the year before does not change what is compared.
            let older = self.frame().is_some_and(|f| cell.last() < f.first());
            // Nor does a forecast: "the latest quarter" is still the one that is over.
            let ahead = self.frame().is_some() && self.dct.is_some_and(|d| cell.last() >= d.first());
            if !older && !ahead && !is_comparison(&candidate.term) {
                self.frame = Some((cell, candidate.sentence));
                self.quarter = Some(cell);
            }
        }
        let age = self.dct.map(|d| d.first().number() - cell.first().number());
        if cell.unit() == Unit::Day && age.is_some_and(|days| days.abs() <= WEEK) {
            self.of_today = true;
        }
        self.by_weekday |= age.is_some_and(|days| days > WEEK) && names_weekday(&candidate.term);
        if cell.unit() == Unit::Day {
            self.day = Some((cell, candidate.sentence, index));
            if !of_saying {
                self.happening = self.day;
            }
        }
        // A report goes on about its own year after it has compared it with another.
        if !self.profile.narrative && is_comparison(&candidate.term) {
            return;
        }
        // "The court heard on Tuesday" says when it was told, not when the story goes on.
        if of_saying && !self.profile.narrative && self.reference.is_some_and(|r| r.1.is_some()) {
            return;
        }
        // A narrative goes on where it was after a word about today.
        let aside = self.profile.narrative && reading.anchor == Some(Anchor::Dct);
        if aside || matches!(cell.unit(), Unit::Decade | Unit::Century | Unit::Millennium) {
            return;
        }
        self.reference = Some((cell, Some(index)));
        // A year far from the story, named in passing, does not move the story there.
        let moves = match self.base {
            Some((base, paragraph)) if cell.unit() == Unit::Year && base.unit() != Unit::Year => {
                let near = (cell.named_year() - base.named_year()).abs() <= 1;
                let told = reading.anchor.is_none();
                candidate.opens || told && paragraph != candidate.paragraph && near
            }
            _ => true,
        };
        // "1975-1976": the story is still at the beginning of the range.
        let ends = cell.unit() == Unit::Year && matches!(candidate.before.as_str(), "-" | "\u{2013}");
        // "From autumn to spring": what follows is told from the beginning of the range.
        let guessed = ended && candidate.term.field().is_some();
        if moves && !ends && !guessed {
            self.base = Some((cell, candidate.paragraph));
        }
    }
}

/// Whether a term compares figures with those of another year: "a year earlier", "the 1988 quarter".
fn is_comparison(term: &Term) -> bool {
    match term {
        Term::Move(base, true, duration) => is_year(duration) && matches!(**base, Term::Anchor(_)),
        Term::In(inner, _) | Term::Shift(inner, ..) => is_the_quarter(inner),
        Term::Modified(_, inner) => is_comparison(inner),
        _ => false,
    }
}

/// Whether a term counts from the day of writing in units longer than a day.
fn looks_from_today(term: &Term) -> bool {
    match term {
        Term::Pick(field, _, Anchor::Dct) => !matches!(field, Field::Weekday(_)),
        Term::Shift(base, unit, _) => !matches!(unit, Unit::Day) && **base == Term::Anchor(Anchor::Dct),
        Term::Move(base, _, duration) => duration.months().is_some() && **base == Term::Anchor(Anchor::Dct),
        Term::Modified(_, inner) | Term::In(_, inner) => looks_from_today(inner),
        _ => false,
    }
}

/// "Thursday, Aug. 17", "2:40 p.m. on Thursday, Aug. 17".
fn names_weekday(term: &Term) -> bool {
    match term {
        Term::In(inner, _) => matches!(**inner, Term::Field(Field::Weekday(_))),
        Term::Modified(_, inner) | Term::At(_, Some(inner)) => names_weekday(inner),
        _ => false,
    }
}

fn is_the_quarter(term: &Term) -> bool {
    matches!(term, Term::Shift(base, Unit::Quarter, 0) if matches!(**base, Term::Anchor(Anchor::Reference)))
}

fn is_year(duration: &Duration) -> bool {
    duration.months() == Some(12) && duration.parts.len() == 1
}

/// How many such units a year has.
const fn year_in(unit: Unit) -> i32 {
    match unit {
        Unit::Quarter | Unit::Season => 4,
        Unit::Half => 2,
        Unit::Month => 12,
        _ => 1,
    }
}
