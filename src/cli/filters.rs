//! The filters that every command over events takes.

use clap::{Args, ValueEnum};

use super::Global;
use crate::lexicon::{Countries, Data};
use crate::model::{Filter, Modality, Order, Origin, Polarity, Role};
use crate::query::Asked;

/// Which events. All that is given must hold.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Filters")]
pub struct FilterArgs {
    /// Somebody who takes part, by any name; given twice, both take part
    #[arg(long, short, value_name = "NAME")]
    pub actor: Vec<String>,
    /// The part that these actors play
    #[arg(long, value_name = "ROLE", requires = "actor", value_parser = named::<Role>)]
    pub role: Option<Role>,
    /// Where it happened: a place, or the region or country it lies in
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// An event type such as ASSAULT, or a family such as politics; several are alternatives
    #[arg(long = "type", short = 't', value_name = "TYPE", value_delimiter = ',')]
    pub types: Vec<String>,
    /// Words of the sentence that tells of it; "in quotes" as a phrase, begin* for any ending
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Not before this date: 2025, 2025-12, "22 Dec 2025", "last month", "44 BC", EDTF
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// Not after this date
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub to: Option<String>,
    /// On this day, or in this month or year
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Short for --from and --to
    #[arg(long, num_args = 2, value_names = ["DATE", "DATE"], conflicts_with_all = ["from", "to"], allow_hyphen_values = true)]
    pub between: Option<Vec<String>>,
    /// Told by this outlet, or on this web site
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// How sure the words are
    #[arg(long, value_name = "MODALITY", value_parser = named::<Modality>)]
    pub modality: Option<Modality>,
    /// Whether it happened
    #[arg(long, value_name = "POLARITY", value_parser = named::<Polarity>)]
    pub polarity: Option<Polarity>,
    /// Told by at least so many sources
    #[arg(long, value_name = "N")]
    pub min_sources: Option<u32>,
    /// At least this sure, from 0 to 1
    #[arg(long, value_name = "X")]
    pub min_confidence: Option<f64>,
    /// Read in articles (extracted), or taken from tables (imported; acled, gdelt, timelinejs, dateline); several are
    /// alternatives
    #[arg(long, value_name = "ORIGIN", value_delimiter = ',', value_parser = origin)]
    pub origin: Vec<OriginArg>,
    /// Only what articles published up to this date said, as they said it
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub as_of: Option<String>,
    /// At most so many events
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<u64>,
    /// Skip so many events first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: u64,
    /// In which order
    #[arg(long, value_enum, value_name = "ORDER", default_value_t = OrderArg::Date)]
    pub order: OrderArg,
}

/// The order of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OrderArg {
    /// Earliest first, without a date last
    #[default]
    Date,
    /// Latest first, without a date last
    Newest,
    /// Surest first
    Confidence,
}

/// Reads one of the names of a closed set, in any letter case.
fn named<T: std::str::FromStr<Err = crate::model::UnknownName>>(text: &str) -> Result<T, crate::model::UnknownName> {
    text.trim().to_lowercase().parse()
}

/// The origins that a name of the command line stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginArg(Vec<Origin>);

fn origin(text: &str) -> Result<OriginArg, crate::model::UnknownName> {
    let imported = || Origin::ALL.iter().copied().filter(|o| *o != Origin::Extracted).collect();
    match text.trim().to_lowercase().as_str() {
        "imported" => Ok(OriginArg(imported())),
        name => name.parse().map(|origin| OriginArg(vec![origin])),
    }
}

impl FilterArgs {
    /// The filter that these arguments ask for.
    pub fn filter(&self, global: &Global) -> anyhow::Result<Filter> {
        let data = global.data.clone().map_or(Data::BuiltIn, Data::Folder);
        let countries = Countries::load(&data)?;
        let (from, to) = match self.between.as_deref() {
            Some([from, to]) => (Some(from.clone()), Some(to.clone())),
            _ => (self.from.clone(), self.to.clone()),
        };
        let asked = Asked {
            actors: self.actor.clone(),
            role: self.role,
            place: self.place.clone(),
            types: self.types.clone(),
            text: self.text.clone(),
            from,
            to,
            on: self.on.clone(),
            source: self.source.clone(),
            modality: self.modality,
            polarity: self.polarity,
            min_sources: self.min_sources,
            min_confidence: self.min_confidence,
            origins: self.origin.iter().flat_map(|origin| origin.0.clone()).collect(),
            limit: self.limit,
            offset: self.offset,
            as_of: self.as_of.clone(),
            order: Some(match self.order {
                OrderArg::Date => Order::Date,
                OrderArg::Newest => Order::Newest,
                OrderArg::Confidence => Order::Confidence,
            }),
        };
        Ok(asked.filter(global.today(), &countries)?)
    }
}
