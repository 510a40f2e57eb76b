use clap::Args;

use crate::ingest::{Caps, ColumnMap, FileFormat, Source};

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
}

fn format(name: &str) -> Result<FileFormat, String> {
    let known = || FileFormat::ALL.iter().map(|f| f.as_str()).collect::<Vec<_>>().join(", ");
    name.to_ascii_lowercase().parse().map_err(|_| format!("there is no format \"{name}\"; use one of {}", known()))
}

impl SourceArgs {
    /// What the readers are told; text that shows no format is taken for `fallback`.
    pub fn source(&self, fallback: FileFormat) -> Source {
        Source {
            caps: Caps { article: self.max_bytes, ..Caps::default() },
            format: self.format,
            fallback,
            columns: self.map.clone().unwrap_or_default(),
        }
    }
}
