use super::tsv::{rows, wrong};
use super::{Data, LexiconError};

crate::model::named_enum! {
    /// How the type of an event was found.
    pub enum Route: "route" {
        /// A rule gave it.
        Rule = "rule",
        /// A statement took it from what it promises, refuses or demands.
        SpeechAct = "speech-act",
        /// The classifier gave it.
        Classifier = "classifier",
        /// Nothing gave it one.
        Untyped = "untyped",
        /// Nothing gave it one, and its verb says little by itself ("came", "took").
        Weak = "weak",
    }
}

/// How likely trigger and type of an event are right: a step function of the classifier's probability for each route.
/// An event without a type claims none: there it is how likely the words tell of a happening at all.
#[derive(Clone, Debug, Default)]
pub struct Confidence {
    /// Route, least probability, confidence; in the order of the file.
    steps: Vec<(Route, f32, f64)>,
}

impl Confidence {
    /// Reads `data/events/confidence.tsv`.
    ///
    /// # Errors
    /// An unknown route, a number that is none or not between 0 and 1, steps that do not climb.
    pub fn load(data: &Data) -> Result<Confidence, LexiconError> {
        let file = data.file("events/confidence.tsv")?;
        let mut steps: Vec<(Route, f32, f64)> = Vec::new();
        for (line, cells) in rows(&file, &["route", "from", "confidence"])? {
            let fail = |problem: &str, fix: &str| wrong(&file, line, problem, fix);
            let route: Route = cells[0]
                .parse()
                .map_err(|_| fail("there is no such route", "rule, speech-act, classifier, untyped or weak"))?;
            let number = |cell: &str| cell.parse::<f64>().ok().filter(|x| (0.0..=1.0).contains(x));
            let (Some(from), Some(confidence)) = (number(cells[1]), number(cells[2])) else {
                return Err(fail("a number that is none", "write numbers from 0 to 1"));
            };
            let before = steps.iter().rev().find(|s| s.0 == route);
            if before.is_some_and(|&(_, least, sure)| f64::from(least) >= from || sure > confidence) {
                return Err(fail("the step does not climb", "sort the steps of a route; both numbers grow"));
            }
            steps.push((route, from as f32, confidence));
        }
        Ok(Confidence { steps })
    }

    /// The confidence of a type that was found by `route` and to which the classifier gives a probability; 0 below the
    /// first step.
    pub fn of(&self, route: Route, probability: f32) -> f64 {
        let reached = self.steps.iter().rev().find(|&&(own, from, _)| own == route && from <= probability);
        reached.map_or(0.0, |step| step.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_climbs_with_the_probability() {
        let confidence = Confidence::load(&Data::BuiltIn).unwrap();
        for route in Route::ALL {
            let all: Vec<f64> = (0..=100).map(|p| confidence.of(*route, p as f32 / 100.0)).collect();
            assert!(all[0] > 0.0 && all.is_sorted() && all[100] < 1.0, "{route}: {all:?}");
        }
    }
}
