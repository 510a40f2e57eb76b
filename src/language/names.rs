//! The classes of the name tagger: outside, and begin, inside, last and single word of each kind.

use super::syntax::{Name, NameKind};

/// Number of classes: outside, and four for each kind.
pub const CLASSES: usize = 1 + 4 * NameKind::ALL.len();
/// Not in a name.
pub const OUTSIDE: u8 = 0;

/// Which part of a name a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// First of several words.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several words.
    Last,
    /// The only word.
    Single,
}

const PARTS: [Part; 4] = [Part::Begin, Part::Inside, Part::Last, Part::Single];

/// The class of a part of a name; kinds are numbered as in `NameKind::ALL`.
pub fn class(kind: usize, part: Part) -> u8 {
    (1 + kind * 4 + part as usize) as u8
}

/// Kind and part of a class; `None` outside.
pub fn part_of(class: u8) -> Option<(usize, Part)> {
    let n = usize::from(class).checked_sub(1)?;
    PARTS.get(n % 4).filter(|_| n / 4 < NameKind::ALL.len()).map(|&part| (n / 4, part))
}

/// Whether `class` may follow `before` (outside at the start of a sentence); `last` says that the sentence ends here.
pub fn follows(before: u8, class: u8, last: bool) -> bool {
    let open = match part_of(before) {
        Some((kind, Part::Begin | Part::Inside)) => Some(kind),
        _ => None,
    };
    match (open, part_of(class)) {
        (Some(kind), Some((other, Part::Last))) => kind == other,
        (Some(kind), Some((other, Part::Inside))) => kind == other && !last,
        (Some(_), _) => false,
        (None, Some((_, Part::Begin))) => !last,
        (None, Some((_, Part::Single)) | None) => true,
        (None, Some(_)) => false,
    }
}

/// The names of a sentence whose first token is `first`, from the classes of its words.
pub fn spans(classes: &[u8], first: usize, out: &mut Vec<Name>) {
    let mut start = 0;
    for (i, &class) in classes.iter().enumerate() {
        match part_of(class) {
            Some((_, Part::Begin)) => start = i,
            Some((kind, part @ (Part::Last | Part::Single))) => {
                let from = if part == Part::Single { i } else { start };
                out.push(Name { tokens: first + from..first + i + 1, kind: NameKind::ALL[kind] });
            }
            _ => {}
        }
    }
}

/// The classes of the words of a sentence that have the highest sum of scores, of all rows that can follow each other.
/// They are added to `out`; `ways` is room for the search.
pub fn best_path<'s>(rows: impl Iterator<Item = &'s [f32]>, ways: &mut Vec<u8>, out: &mut Vec<u8>) {
    ways.clear();
    let first = out.len();
    let mut sums = [f32::NEG_INFINITY; CLASSES];
    sums[usize::from(OUTSIDE)] = 0.0;
    for row in rows {
        let mut next = [f32::NEG_INFINITY; CLASSES];
        for (class, (sum, score)) in next.iter_mut().zip(row).enumerate() {
            let mut way = OUTSIDE;
            for (before, &known) in sums.iter().enumerate() {
                if follows(before as u8, class as u8, false) && known + score > *sum {
                    (*sum, way) = (known + score, before as u8);
                }
            }
            ways.push(way);
        }
        sums = next;
    }
    // What ends the sentence may not be open.
    let ends = (0..CLASSES as u8).filter(|&c| !matches!(part_of(c), Some((_, Part::Begin | Part::Inside))));
    let mut class =
        ends.reduce(|a, b| if sums[usize::from(b)] > sums[usize::from(a)] { b } else { a }).unwrap_or(OUTSIDE);
    for ways in ways.rchunks_exact(CLASSES) {
        out.push(class);
        class = ways.get(usize::from(class)).copied().unwrap_or(OUTSIDE);
    }
    out[first..].reverse();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_way_is_the_best_of_all_allowed_ones() {
        let number = |n: usize| ((n.wrapping_mul(40_503) >> 3) % 1000) as f32 / 100.0;
        for seed in 0..50 {
            let rows: Vec<Vec<f32>> =
                (0..3).map(|i| (0..CLASSES).map(|c| number(seed * 1000 + i * 100 + c * 7)).collect()).collect();
            let mut found = Vec::new();
            best_path(rows.iter().map(Vec::as_slice), &mut Vec::new(), &mut found);
            let mut best = f32::NEG_INFINITY;
            let all = 0..CLASSES as u8;
            for (a, b, c) in
                all.clone().flat_map(|a| all.clone().flat_map(move |b| (0..CLASSES as u8).map(move |c| (a, b, c))))
            {
                if follows(OUTSIDE, a, false) && follows(a, b, false) && follows(b, c, true) {
                    best = best.max([a, b, c].iter().zip(&rows).map(|(&c, row)| row[usize::from(c)]).sum());
                }
            }
            let sum: f32 = found.iter().zip(&rows).map(|(&c, row)| row[usize::from(c)]).sum();
            assert!((sum - best).abs() < 1e-3, "{found:?}");
        }
    }
}
