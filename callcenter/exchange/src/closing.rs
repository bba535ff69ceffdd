//! The exchange is about to end: nothing new begins, questions that are held are
//! answered, and what is under way is finished.

use tokio::sync::watch;

#[derive(Clone)]
pub(crate) struct Closing(watch::Sender<bool>);

impl Closing {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    pub(crate) fn begin(&self) {
        self.0.send_replace(true);
    }

    pub(crate) fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it has.
    pub(crate) async fn begun(&self) {
        // The sender is here, so that it never fails.
        let _ = self.0.subscribe().wait_for(|begun| *begun).await;
    }
}
