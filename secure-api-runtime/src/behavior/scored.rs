//! The callers with the highest scores, for those who run an app.

use std::sync::PoisonError;

use super::{
    callers::{Callers, Subject},
    score::Explained,
};

/// One caller with its score.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scored {
    pub(crate) subject: Subject,
    /// The step of the ladder that it is on.
    pub(crate) step: u8,
    pub(crate) explained: Explained,
}

impl Callers {
    /// Returns so many callers at most, those on the lowest steps and with the highest scores first, without a change. Those whose
    /// score has ended are left out.
    pub(crate) fn heaviest(&self, most: usize, now: u64) -> Vec<Scored> {
        let mut all = Vec::new();
        for place in &self.places {
            let place = place.lock().unwrap_or_else(PoisonError::into_inner);
            for (index, trail) in place.trails.iter().enumerate() {
                let mut trail = trail.clone();
                trail.decay(now, &self.scoring);
                let (subject, step) = (Subject(trail.subject), place.step(index));
                let explained = self.scoring.explained(&trail);
                if step > 0 || !explained.terms.is_empty() {
                    all.push(Scored { subject, step, explained });
                }
            }
        }
        all.sort_by(|one, other| {
            let by_score = other.explained.score.total_cmp(&one.explained.score);
            other.step.cmp(&one.step).then(by_score)
        });
        all.truncate(most);
        all
    }
}
