//! Floor 0: plain values and ids. No I/O, no SQL, no clock, no lookup.
//!
//! Everything that crosses a floor of the house is defined here, so that rooms which may not import each
//! other (the store and the exporters, ingest and query) still speak of the same things.

mod actor;
mod analysis;
mod article;
mod change;
mod class;
mod country;
mod day;
mod digest;
mod entry;
mod explain;
mod facts;
mod filter;
mod hash;
mod interval;
mod language;
mod lists;
mod origin;
mod place;
mod related;
mod span;
mod stance;
mod timex;
mod when;

pub use actor::{Actor, ActorKind, ActorMention, MentionKind, Participant, Role, Sector};
pub use analysis::{Analysis, Attribution, Count, CountKind, EventMention, Note, Reason, SentenceSpan, Trigger, Zone};
pub use article::{Article, Head, Published, PublishedBasis};
pub use change::{Change, ChangeKind, Changed};
pub use class::{Context, EventType, Family, QuadClass};
pub use country::Country;
pub use day::{Day, DayError, MONTHS};
pub use digest::{DayEvent, Digest, DigestDay, Quote, Told};
pub use entry::{ActorId, ArticleId, Entry, EntryActor, EventId, Evidence, Timeline};
pub use explain::{ExplainedMention, ExplainedTime, Explanation, Words};
pub use facts::{Choice, EventFacts, Linker};
pub use filter::{ActorFilter, Filter, Order, PlaceFilter};
pub use hash::ContentHash;
pub use interval::{Granularity, Interval};
pub use language::{Language, NoLanguage};
pub use lists::{ActorSummary, ArticleSummary, PlaceSummary, Stats, Tally, TallyBy};
pub use origin::Origin;
pub use place::{Place, PlaceMention, PlacePrecision};
pub use related::{Link, Related};
pub use span::Span;
pub use stance::{Aspect, Modality, Polarity};
pub use timex::{Timex, TimexKind, TimexMod};
pub use when::{Basis, When};

/// Implements the string side of a fieldless enum once: `ALL`, `as_str`, `Display`, `FromStr` and serde, all with the
/// same stable lower- or upper-case names that stand in the database and in every export.
macro_rules! named_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident : $what:literal { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name { $(#[doc = concat!("Named `", $text, "`.")] $(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every variant, in the order of its definition.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable name used in the database, the exports and the command line.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::model::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err($crate::model::UnknownName {
                        what: $what,
                        text: text.to_owned(),
                        known: &[$($text),+],
                    }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use named_enum;

/// A word that is not one of the names of a closed set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} \"{text}\"; known: {}", known.join(", "))]
pub struct UnknownName {
    /// What kind of name was expected, such as "event type".
    pub what: &'static str,
    /// The word that was found.
    pub text: String,
    /// The names that would have been accepted.
    pub known: &'static [&'static str],
}
