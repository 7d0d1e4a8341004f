//! The bounds of bodies and of time.

use super::{Change, OperationFacts};
use crate::contract::finding::values;

impl Change<'_> {
    pub(super) fn bounds(&mut self, was: &OperationFacts, is: &OperationFacts) {
        self.body_bound(was.body_limit, is.body_limit);
        self.flag(
            (was.files, is.files),
            [
                (
                    "body-kinds-added",
                    "the bytes of the body have to be a whole file of their media type",
                ),
                (
                    "body-kinds-removed",
                    "the bytes of the body may be anything, whatever their media type",
                ),
            ],
        );
        self.deadline(was.timeout_seconds, is.timeout_seconds);
        self.open(was, is);
    }

    /// Tells of answers that stay open: how many a caller may have, and for how long.
    fn open(&mut self, was: &OperationFacts, is: &OperationFacts) {
        let most = |open: Option<usize>| {
            open.map_or_else(|| "any number".to_owned(), |most| format!("{most}"))
        };
        if was.open != is.open {
            let loosened = was.open.is_some_and(|was| is.open.is_none_or(|is| is > was));
            let rule = if loosened { "limit-loosened" } else { "limit-tightened" };
            let sentence = format!(
                "a caller may have {} of its answers open, was {}",
                most(is.open),
                most(was.open)
            );
            self.tell(rule, "open", sentence, values(most(was.open), most(is.open)));
        }
        if let (Some(before), Some(now)) = (was.open_seconds, is.open_seconds)
            && before != now
        {
            let rule = if now > before { "deadline-raised" } else { "deadline-lowered" };
            let sentence = format!("an answer stays open for {now}s, was {before}s");
            self.tell(rule, "open", sentence, values(format!("{before}s"), format!("{now}s")));
        }
    }

    /// Tells of the answers that all callers may have open, where both sides have some that stay open.
    pub(super) fn most_open(&mut self, was: Option<usize>, is: Option<usize>) {
        let Some((was, is)) = was.zip(is).filter(|(was, is)| was != is) else { return };
        let rule = if is > was { "limit-loosened" } else { "limit-tightened" };
        let sentence = format!("all callers together may have {is} answers open, was {was}");
        self.tell(rule, "open", sentence, values(was.to_string(), is.to_string()));
    }

    pub(super) fn body_bound(&mut self, was: Option<usize>, is: Option<usize>) {
        if was == is {
            return;
        }
        let text = |bound: Option<usize>| {
            bound.map_or_else(|| "the app's bound".to_owned(), |bytes| format!("{bytes} bytes"))
        };
        // The app's own bound is told by itself; one of its own that is left to it is looked at.
        let raised = was.zip(is).is_none_or(|(was, is)| is > was);
        let rule = if raised { "body-bound-raised" } else { "body-bound-lowered" };
        let sentence = format!("a body may have {}, was {}", text(is), text(was));
        self.tell(rule, "", sentence, values(text(was), text(is)));
    }

    pub(super) fn deadline(&mut self, was: Option<f64>, is: Option<f64>) {
        if was == is {
            return;
        }
        let text = |bound: Option<f64>| {
            bound.map_or_else(|| "the app's time".to_owned(), |seconds| format!("{seconds}s"))
        };
        let raised = was.zip(is).is_none_or(|(was, is)| is > was);
        let rule = if raised { "deadline-raised" } else { "deadline-lowered" };
        let sentence = format!("an answer may take {}, was {}", text(is), text(was));
        self.tell(rule, "", sentence, values(text(was), text(is)));
    }
}
