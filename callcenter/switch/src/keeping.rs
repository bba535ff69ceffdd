//! Erases recordings whose time is over, once an hour, beside the switch's work.

use std::time::Duration;

use media::{plane::RecordingId, recording::Shelf};
use tokio::{sync::mpsc::UnboundedSender, task::AbortHandle, time::MissedTickBehavior};

use crate::running::wall;

const ERASE_EVERY: Duration = Duration::from_secs(3_600);

/// Ends when it is dropped.
pub(crate) struct Keeping(AbortHandle);

impl Keeping {
    /// Tells of every recording it erases.
    pub(crate) fn begin(
        shelf: Shelf,
        keep: Duration,
        erased: UnboundedSender<RecordingId>,
    ) -> Self {
        let task = tokio::spawn(async move {
            let mut due = tokio::time::interval(ERASE_EVERY);
            due.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                due.tick().await;
                let millis = u64::try_from(wall().as_millis()).unwrap_or(0);
                let before = Duration::from_millis(millis).saturating_sub(keep);
                let (shelf, erased) = (shelf.clone(), erased.clone());
                let erasing = move || {
                    shelf.erase(before, |it| {
                        // Without a switch nobody is told any more.
                        let _ = erased.send(it);
                    })
                };
                match tokio::task::spawn_blocking(erasing).await {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => tracing::error!(%error, "Old recordings are not erased yet"),
                    Err(_) => tracing::error!("Erasing old recordings has failed"),
                }
            }
        });
        Self(task.abort_handle())
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        self.0.abort();
    }
}
