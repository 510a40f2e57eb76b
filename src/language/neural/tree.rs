//! The best tree over scored arcs.

/// Heads of the words of a sentence such that they make one tree without crossing arcs.
///
/// `scores` has a row for each of the `n + 1` places (0 is the root) with the score of each place as its head. Heads count
/// places, 0 for the root. If the best heads of all words make such a tree they are it; else it is the tree with the
/// highest sum (Eisner 1996), where the root has one dependent. They are added to `heads`. Takes the cube of `n` in time, the square in space.
#[inline(always)]
pub fn best(scores: &[f32], n: usize, desk: &mut Desk, heads: &mut Vec<u32>) {
    let m = n + 1;
    let first = heads.len();
    for (d, row) in scores.chunks_exact(m).enumerate().skip(1) {
        heads.push(top_but(row, d) as u32);
    }
    let heads = &mut heads[first..];
    if n > 0 && !is_tree(heads, &mut desk.seen) {
        eisner(scores, n, desk, heads);
    }
}

/// The first of the greatest, leaving one out: the greatest first and then its place, which machines do faster than both
/// at once.
#[inline(always)]
fn top_but(row: &[f32], out: usize) -> usize {
    let mut lanes = [f32::NEG_INFINITY; 16];
    let mut most = f32::NEG_INFINITY;
    for part in [&row[..out], &row[out + 1..]] {
        let (whole, rest) = part.as_chunks::<16>();
        for chunk in whole {
            for (lane, &x) in lanes.iter_mut().zip(chunk) {
                *lane = if x > *lane { x } else { *lane };
            }
        }
        most = rest.iter().fold(most, |most, &x| if x > most { x } else { most });
    }
    most = lanes.into_iter().fold(most, |most, x| if x > most { x } else { most });
    row.iter().enumerate().position(|(i, &x)| x == most && i != out).unwrap_or(usize::from(out == 0))
}

/// Room for the search.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    seen: Vec<u32>,
    /// Best sums of spans and where they are split: open to the left and right, closed to the left and right.
    spans: [Vec<f32>; 4],
    splits: [Vec<u32>; 4],
    todo: Vec<(u32, u32, u8)>,
}

/// Whether heads make a tree with one word below the root and without crossing arcs.
pub fn is_tree(heads: &[u32], seen: &mut Vec<u32>) -> bool {
    let n = heads.len();
    if heads.iter().filter(|&&h| h == 0).count() != 1 {
        return false;
    }
    // Every word leads to the root: marks tell on whose way a word was met.
    seen.clear();
    seen.resize(n + 1, 0);
    for start in 1..=n as u32 {
        let mut at = start;
        while at != 0 && seen[at as usize] == 0 {
            seen[at as usize] = start;
            at = heads[at as usize - 1];
        }
        if at != 0 && seen[at as usize] == start {
            return false;
        }
    }
    // Arcs lie inside each other or apart: whatever is under an arc has its head there or at an end.
    heads.iter().zip(1_u32..).all(|(&h, d)| {
        let (low, high) = (d.min(h), d.max(h));
        heads[low as usize..high as usize - 1].iter().all(|under| (low..=high).contains(under))
    })
}

const OPEN_LEFT: usize = 0;
const OPEN_RIGHT: usize = 1;
const CLOSED_LEFT: usize = 2;
const CLOSED_RIGHT: usize = 3;

fn eisner(scores: &[f32], n: usize, desk: &mut Desk, heads: &mut [u32]) {
    let m = n + 1;
    for list in &mut desk.spans {
        list.clear();
        list.resize(m * m, 0.0);
    }
    for list in &mut desk.splits {
        list.clear();
        list.resize(m * m, 0);
    }
    let arc = |d: usize, h: usize| scores[d * m + h];
    for length in 1..n {
        for i in 1..=n - length {
            let j = i + length;
            // Open: an arc between i and j, over two closed spans that meet between them.
            let mut top = (f32::NEG_INFINITY, i);
            for k in i..j {
                let sum = desk.spans[CLOSED_RIGHT][i * m + k] + desk.spans[CLOSED_LEFT][(k + 1) * m + j];
                if sum > top.0 {
                    top = (sum, k);
                }
            }
            desk.spans[OPEN_LEFT][i * m + j] = top.0 + arc(i, j);
            desk.spans[OPEN_RIGHT][i * m + j] = top.0 + arc(j, i);
            desk.splits[OPEN_LEFT][i * m + j] = top.1 as u32;
            desk.splits[OPEN_RIGHT][i * m + j] = top.1 as u32;
            let mut top = (f32::NEG_INFINITY, i);
            for k in i..j {
                let sum = desk.spans[CLOSED_LEFT][i * m + k] + desk.spans[OPEN_LEFT][k * m + j];
                if sum > top.0 {
                    top = (sum, k);
                }
            }
            desk.spans[CLOSED_LEFT][i * m + j] = top.0;
            desk.splits[CLOSED_LEFT][i * m + j] = top.1 as u32;
            let mut top = (f32::NEG_INFINITY, j);
            for k in i + 1..=j {
                let sum = desk.spans[OPEN_RIGHT][i * m + k] + desk.spans[CLOSED_RIGHT][k * m + j];
                if sum > top.0 {
                    top = (sum, k);
                }
            }
            desk.spans[CLOSED_RIGHT][i * m + j] = top.0;
            desk.splits[CLOSED_RIGHT][i * m + j] = top.1 as u32;
        }
    }
    let mut root = (f32::NEG_INFINITY, 1);
    for r in 1..=n {
        let sum = desk.spans[CLOSED_LEFT][m + r] + desk.spans[CLOSED_RIGHT][r * m + n] + arc(r, 0);
        if sum > root.0 {
            root = (sum, r);
        }
    }
    let root = root.1 as u32;
    heads[root as usize - 1] = 0;
    desk.todo.clear();
    desk.todo.extend([(1, root, CLOSED_LEFT as u8), (root, n as u32, CLOSED_RIGHT as u8)]);
    while let Some((i, j, kind)) = desk.todo.pop() {
        if i == j {
            continue;
        }
        let k = desk.splits[usize::from(kind)][i as usize * m + j as usize];
        let (right, left) = (CLOSED_RIGHT as u8, CLOSED_LEFT as u8);
        match usize::from(kind) {
            OPEN_LEFT | OPEN_RIGHT => {
                let (d, h) = if usize::from(kind) == OPEN_LEFT { (i, j) } else { (j, i) };
                heads[d as usize - 1] = h;
                desk.todo.extend([(i, k, right), (k + 1, j, left)]);
            }
            CLOSED_LEFT => desk.todo.extend([(i, k, left), (k, j, OPEN_LEFT as u8)]),
            _ => desk.todo.extend([(i, k, OPEN_RIGHT as u8), (k, j, right)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(scores: &[f32], heads: &[u32]) -> f32 {
        heads.iter().enumerate().map(|(i, &h)| scores[(i + 1) * (heads.len() + 1) + h as usize]).sum()
    }

    #[test]
    fn the_best_of_all_trees_is_found() {
        let mut state = 7_u64;
        let mut number = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 40) as f32 / 1e6
        };
        for n in 1..=5_usize {
            for _ in 0..40 {
                let scores: Vec<f32> = (0..(n + 1) * (n + 1)).map(|_| number()).collect();
                let (mut heads, mut seen) = (Vec::new(), Vec::new());
                best(&scores, n, &mut Desk::default(), &mut heads);
                assert!(is_tree(&heads, &mut seen), "{heads:?}");
                let all = (0..(n as u32 + 1).pow(n as u32)).filter_map(|mut code| {
                    let tree: Vec<u32> = (0..n)
                        .map(|_| {
                            let h = code % (n as u32 + 1);
                            code /= n as u32 + 1;
                            h
                        })
                        .collect();
                    is_tree(&tree, &mut seen).then(|| sum(&scores, &tree))
                });
                let top = all.fold(f32::NEG_INFINITY, f32::max);
                assert!((sum(&scores, &heads) - top).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn trees_are_told_from_other_graphs() {
        let tree = |heads: &[u32]| is_tree(heads, &mut Vec::new());
        assert!(tree(&[2, 0, 2, 3]));
        assert!(!tree(&[2, 1, 0]), "a circle");
        assert!(!tree(&[0, 0]), "two roots");
        assert!(!tree(&[3, 4, 0, 3]), "crossing arcs");
        assert!(!tree(&[3, 0, 2, 2]), "an arc over the root");
        assert!(!tree(&[1]), "a word below itself");
    }
}
