//! The query of a request, parted by whom it is for.

use super::operation::Operation;
use crate::{
    error::{Problem, problem},
    input::Parameters,
    object::{CURSOR, SIZE},
    version,
    view::{FIELDS, choose},
};

/// A query, parted by whom it is for.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) query: Parameters,
    pub(super) page: (Option<String>, Option<String>),
    pub(super) only: Option<Vec<&'static str>>,
}

impl Operation {
    /// Takes the framework's own parameters out of a query; only an input may leave the rest to be read.
    pub(super) fn asked(&self, query: Option<&str>, roles: u128) -> Result<Asked, Problem> {
        let mut query = Parameters::read(query)?;
        let mut asked = Asked::default();
        if let version::VersionPlace::Query(name) = self.route.versions.table().addresses.place {
            // What was read of it before is the version.
            query.take(name)?;
        }
        if self.route.offers_fields()
            && let Some(names) = query.take(FIELDS)?
        {
            let views: Vec<_> = self.route.views_for(roles).collect();
            let only = choose(&views, &names, self.version_index);
            asked.only = Some(
                only.map_err(|error| Problem::new(&problem::INVALID_QUERY).errors(vec![error]))?,
            );
        }
        if self.pages {
            asked.page = (query.take(SIZE)?, query.take(CURSOR)?);
        }
        if !self.reads_query {
            query.finish()?;
        }
        asked.query = query;
        Ok(asked)
    }
}
