//! What is open at this moment, for whom asks the process with `SIGUSR1`.

use super::Switch;

impl Switch {
    /// All zero when nobody is on the line: what is left of a call that is over
    /// would show here.
    pub(super) fn tell_what_is_open(&self) {
        let open = self.board.open_now();
        tracing::info!(
            callers = open.callers,
            waiting = open.waiting,
            offers = open.offers,
            talks = open.talks,
            surveys = open.surveys,
            legs = open.legs,
            lines = self.lines.legs(),
            ports = self.plane.legs(),
            "Open now"
        );
    }
}
