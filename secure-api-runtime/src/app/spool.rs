//! The folder of bodies that are in files.

use std::path::PathBuf;

use super::AppBuilder;
use crate::{
    error::StartProblem,
    route::{ArgumentInfo, RawFacts, RawForm},
};

impl AppBuilder {
    /// Sets the folder in which a [`StreamedBody`](crate::value::StreamedBody) is while it arrives and is handled. It has to be
    /// there. The default is the system's folder for temporary files, which some systems keep in memory.
    ///
    /// A body is moved from there to where it is kept, so a folder on the same disk saves a copy. Each file is removed by itself;
    /// what a crash leaves begins with `.secure-api-`, and may be removed while no server runs.
    #[must_use]
    pub fn spool(mut self, folder: impl Into<PathBuf>) -> Self {
        self.settings.spool = folder.into();
        self
    }
}

/// Returns the problem of a folder that is not there, where an operation needs it.
pub(super) fn lacking(builder: &AppBuilder) -> Option<StartProblem> {
    let takes_file =
        |info| matches!(info, ArgumentInfo::RawBody(RawFacts { form: RawForm::File, .. }));
    let mut routes = builder.api.routes();
    let route =
        routes.find(|route| route.arguments.iter().any(|describe| takes_file(describe())))?;
    // Where it is, is for who runs the app, and not for whoever reads its output.
    (!builder.settings.spool.is_dir()).then(|| StartProblem {
        code: "SA562",
        text: format!(
            "`{}` takes a `StreamedBody`, and the folder for it is not there",
            route.name
        ),
        help: "create the folder, or name one that is there by `.spool(\"/var/lib/app/spool\")`",
    })
}
