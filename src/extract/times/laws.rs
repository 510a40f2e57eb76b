//! Laws of the finder: no text makes it panic, spans are in order and apart, and what it prints parses back.

use proptest::prelude::*;

use super::find_times;
use crate::lexicon::{Data, TimeRules};
use crate::model::{Day, Published, PublishedBasis};
use crate::text::Document;
use crate::time::{Edtf, TimexValue};

const WORDS: &[&str] = &[
    "the",
    "a",
    "of",
    "in",
    "on",
    "last",
    "next",
    "this",
    "early",
    "late",
    "end",
    "middle",
    "first",
    "third",
    "second",
    "week",
    "month",
    "months",
    "year",
    "years",
    "quarter",
    "decade",
    "century",
    "day",
    "days",
    "ago",
    "later",
    "earlier",
    "before",
    "after",
    "from",
    "to",
    "until",
    "-",
    "–",
    ",",
    ".",
    "'",
    "’s",
    "(",
    ")",
    "/",
    ":",
    "May",
    "March",
    "Dec.",
    "February",
    "Friday",
    "Tues.",
    "summer",
    "winter",
    "31",
    "30",
    "5",
    "5th",
    "20-22",
    "1914",
    "1999",
    "0000",
    "9999",
    "2999",
    "'68",
    "1990s",
    "BC",
    "AD",
    "B.C.",
    "noon",
    "p.m.",
    "7:30",
    "24:00",
    "0730",
    "GMT",
    "two",
    "twenty",
    "hundred",
    "thousand",
    "and",
    "half",
    "several",
    "every",
    "Easter",
    "Thanksgiving",
    "yesterday",
    "tonight",
    "morning",
    "999999999999",
    "1,000,000",
    "2.5",
    "½",
    "then",
    "that",
    "same",
    "following",
    "fiscal",
    "about",
    "more",
    "than",
    "at",
    "least",
    "\n\n",
    "\u{a0}",
    "ü",
    "24/7",
];

fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![9 => proptest::sample::select(WORDS).prop_map(str::to_owned), 1 => any::<String>()];
    proptest::collection::vec((word, proptest::sample::select(&[" ", "", "-"][..])), 0..60)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap.to_owned()]).collect())
}

fn any_dct() -> impl Strategy<Value = Option<Published>> {
    let day = prop_oneof![
        4 => (Day::MIN.number()..=Day::MAX.number()).boxed(),
        1 => Just(Day::MIN.number()).boxed(),
        1 => Just(Day::MAX.number()).boxed(),
    ];
    proptest::option::of(day.prop_filter_map("in range", Day::from_number))
        .prop_map(|day| day.map(|day| Published { day, basis: PublishedBasis::Given }))
}

proptest! {
    #[test]
    fn whatever_the_text_the_result_holds_together(text in any_text(), dct in any_dct()) {
        static RULES: std::sync::LazyLock<TimeRules> =
            std::sync::LazyLock::new(|| TimeRules::load(&Data::BuiltIn).expect("the built-in rules load"));
        let found = find_times(&Document::of(&text), None, dct, &RULES);
        let mut end = 0;
        for (i, timex) in found.times.iter().enumerate() {
            prop_assert!(timex.span.start >= end && !timex.span.is_empty(), "{timex:?}");
            end = timex.span.end;
            prop_assert!(text.get(timex.span.range()).is_some());
            let value = timex.value.parse::<TimexValue>();
            prop_assert_eq!(value.map(|v| v.to_string()), Ok(timex.value.clone()));
            if let Some(edtf) = &timex.edtf {
                prop_assert!(edtf.parse::<Edtf>().is_ok(), "{edtf}");
            }
            prop_assert!(timex.anchor.is_none_or(|a| a < i));
            prop_assert!(timex.until.is_none_or(|u| u == i + 1));
        }
        // Nothing is read against a day of writing that is not known.
        if dct.is_none() {
            let again = find_times(&Document::of(&text), None, None, &RULES);
            prop_assert_eq!(again, found);
        }
    }
}
