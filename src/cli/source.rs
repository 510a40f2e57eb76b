use std::time::Duration;

use clap::Args;

use crate::ingest::{Caps, ColumnMap, Fetching, FileFormat, Place, Source};

/// How inputs are read, for the commands that take them.
#[derive(Args, Clone, Debug)]
pub struct SourceArgs {
    /// The format of the files, whatever their content looks like; of packed files, of what they hold
    #[arg(long, value_name = "FORMAT", value_parser = format, conflicts_with = "conllu")]
    format: Option<FileFormat>,
    /// Which columns of tables hold which fields, as FIELD=COLUMN,...
    #[arg(long, value_name = "FIELDS", value_parser = ColumnMap::parse, conflicts_with = "conllu")]
    map: Option<ColumnMap>,
    /// Refuse articles larger than this, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 10_000_000)]
    pub max_bytes: u64,
    /// Fetch the pages that feeds and sitemaps name, where these do not hold the text
    #[arg(long, conflicts_with = "conllu")]
    fetch: bool,
    /// Fetch also from this machine and the local network
    #[arg(long)]
    allow_private: bool,
    /// Give up on an answer after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// Wait so many seconds before a host is asked again
    #[arg(long, value_name = "SECONDS", default_value_t = 1, value_parser = clap::value_parser!(u64).range(0..=3600))]
    pause: u64,
    /// Fetch at most so many pages
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    max_pages: usize,
}

fn format(name: &str) -> Result<FileFormat, String> {
    let known = || FileFormat::ALL.iter().map(|f| f.as_str()).collect::<Vec<_>>().join(", ");
    name.to_ascii_lowercase().parse().map_err(|_| format!("there is no format \"{name}\"; use one of {}", known()))
}

impl SourceArgs {
    /// What the readers of these inputs are told; text that shows no format is taken for `fallback`. Nothing is fetched
    /// unless an input is a web address or --fetch is given.
    pub fn source(&self, fallback: FileFormat, inputs: &[Place]) -> Source {
        let fetching = Fetching {
            items: self.fetch,
            allow_private: self.allow_private,
            timeout: Duration::from_secs(self.timeout),
            pause: Duration::from_secs(self.pause),
            most: self.max_pages,
        };
        let wanted = self.fetch || inputs.iter().any(|input| matches!(input, Place::Url(_)));
        Source {
            caps: Caps { article: self.max_bytes, ..Caps::default() },
            format: self.format,
            fallback,
            columns: self.map.clone().unwrap_or_default(),
            fetch: wanted.then_some(fetching),
        }
    }
}
