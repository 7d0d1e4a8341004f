//! The previews that a configuration has served, by the names of their versions.

use super::draft::Draft;
use crate::{
    config::{Applied, list},
    nearest::nearest,
    version::Previews,
};

/// Serves the previews of these names, and no others.
pub(super) fn set_previews(draft: &mut Draft, names: Vec<String>) -> Applied {
    let versions = draft.builder.api.versions.versions;
    let mut previews = Previews::default();
    for name in &names {
        let place = versions.iter().position(|version| version.segment == name && version.preview);
        let Some(place) = place else {
            let all = versions.iter().filter(|version| version.preview);
            let all: Vec<&str> = all.map(|version| version.segment).collect();
            return Err(format!("not a list of previews: {}", nearest(name, &all)).into());
        };
        previews.add(place);
    }
    draft.builder.settings.previews = previews;
    Ok(())
}

/// Returns the names of those that are served.
pub(super) fn shown_previews(draft: &Draft) -> Option<String> {
    let versions = draft.builder.api.versions.versions.iter().enumerate();
    let previews = &draft.builder.settings.previews;
    let served =
        versions.filter(|(place, version)| version.preview && previews.serve(*place, version));
    let served: Vec<&str> = served.map(|(_, version)| version.segment).collect();
    (!served.is_empty()).then(|| list(served))
}
