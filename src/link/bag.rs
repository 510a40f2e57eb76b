/// A sparse vector: weights by number of a term, sorted by number, none zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bag {
    terms: Vec<(u32, f32)>,
}

impl Bag {
    /// The sum of the weights of each term.
    pub fn of(mut terms: Vec<(u32, f32)>) -> Bag {
        terms.sort_unstable_by_key(|t| t.0);
        terms.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        Bag { terms }
    }

    /// Its terms with their weights.
    pub fn terms(&self) -> &[(u32, f32)] {
        &self.terms
    }

    /// Whether it has no terms.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The same direction with length `length`; an empty one stays empty.
    pub fn scaled_to(mut self, length: f32) -> Bag {
        let norm = self.terms.iter().map(|t| t.1 * t.1).sum::<f32>().sqrt();
        if norm > 0.0 {
            self.terms.iter_mut().for_each(|t| t.1 *= length / norm);
        }
        self
    }

    /// The heaviest `most` terms.
    pub fn heaviest(mut self, most: usize) -> Bag {
        if self.terms.len() > most {
            self.terms.sort_unstable_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
            self.terms.truncate(most);
            self.terms.sort_unstable_by_key(|t| t.0);
        }
        self
    }

    /// Adds `times` another.
    pub fn add(&mut self, other: &Bag, times: f32) {
        let mut sum = Vec::with_capacity(self.terms.len() + other.terms.len());
        let (mut a, mut b) = (self.terms.iter().copied().peekable(), other.terms.iter().copied().peekable());
        loop {
            match (a.peek().copied(), b.peek().copied()) {
                (Some(x), Some(y)) if x.0 == y.0 => {
                    let weight = x.1 + y.1 * times;
                    // What is taken out again leaves only the error of the sum.
                    if weight.abs() > 1e-5 {
                        sum.push((x.0, weight));
                    }
                    a.next();
                    b.next();
                }
                (Some(x), Some(y)) if x.0 < y.0 => sum.extend(a.next().map(|_| x)),
                (_, Some(y)) => sum.extend(b.next().map(|_| (y.0, y.1 * times))),
                (Some(x), None) => sum.extend(a.next().map(|_| x)),
                (None, None) => break,
            }
        }
        self.terms = sum;
    }

    /// The scalar product.
    pub fn dot(&self, other: &Bag) -> f32 {
        let (few, many) = if self.terms.len() < other.terms.len() { (self, other) } else { (other, self) };
        // A short one is looked up in a long one; two of a length are walked together.
        if few.terms.len() * 8 < many.terms.len() {
            let weight = |t: u32| many.terms.binary_search_by_key(&t, |m| m.0).map_or(0.0, |i| many.terms[i].1);
            return few.terms.iter().map(|t| t.1 * weight(t.0)).sum();
        }
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while let (Some(a), Some(b)) = (few.terms.get(i), many.terms.get(j)) {
            match a.0.cmp(&b.0) {
                std::cmp::Ordering::Equal => {
                    sum += a.1 * b.1;
                    i += 1;
                    j += 1;
                }
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
            }
        }
        sum
    }

    /// The sum of all weights.
    pub fn total(&self) -> f32 {
        self.terms.iter().map(|t| t.1).sum()
    }

    /// The sum of the weights here of the terms that the other has too.
    pub fn shared(&self, other: &Bag) -> f32 {
        let has = |t: u32| other.terms.binary_search_by_key(&t, |m| m.0).is_ok();
        self.terms.iter().filter(|t| has(t.0)).map(|t| t.1).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_products() {
        let mut a = Bag::of(vec![(2, 1.0), (1, 2.0), (2, 3.0)]);
        assert_eq!(a.terms(), [(1, 2.0), (2, 4.0)]);
        let b = Bag::of(vec![(2, 1.0), (5, 1.0)]);
        assert_eq!((a.dot(&b), a.shared(&b), a.total()), (4.0, 4.0, 6.0));
        a.add(&b, 1.0);
        a.add(&b, -1.0);
        assert_eq!(a, Bag::of(vec![(1, 2.0), (2, 4.0)]));
        assert_eq!(b.scaled_to(2.0).heaviest(1).terms().len(), 1);
        assert_eq!(Bag::default().scaled_to(1.0), Bag::default());
    }
}
