use super::{Country, Span, named_enum};

named_enum! {
    /// How exactly a place is known.
    pub enum PlacePrecision: "place precision" {
        /// A building, square, street, front line.
        Exact = "exact",
        City = "city",
        Region = "region",
        Country = "country",
        /// Named in the text, found in no gazetteer.
        Unknown = "unknown",
    }
}

/// A place. What is not known stays `None`; a place that no gazetteer has keeps its words and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Canonical name.
    pub name: String,
    /// Country.
    pub country: Option<Country>,
    /// First-level region (oblast, state, province).
    pub region: Option<String>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
    /// How exactly it is known.
    pub precision: PlacePrecision,
}

/// A stretch of text that names a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// The words, without the preposition.
    pub span: Span,
    /// What they name.
    pub place: Place,
    /// Name of the rule that found it.
    pub rule: String,
}
