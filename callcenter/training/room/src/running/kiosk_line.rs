//! The practice kiosk's line to the exchange: the same that a kiosk's program has.

use anyhow::Context;
use handover::{Attempt, KioskAnswer, KioskQuestion, RoomFault};
use tokio::{
    runtime::{Builder, Runtime},
    sync::mpsc::UnboundedSender,
};

/// It is down when this is dropped.
pub(crate) struct KioskLine {
    orders: UnboundedSender<link::Order>,
    runtime: Option<Runtime>,
}

impl KioskLine {
    /// `tell` has what the exchange answers.
    pub(crate) fn start(
        settings: link::Settings,
        tell: impl Fn(Attempt, Result<KioskAnswer, RoomFault>) + Send + Sync + 'static,
    ) -> anyhow::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("kiosk-line")
            .enable_all()
            .build()
            .context("the machine has no threads left")?;
        let within = runtime.enter();
        let orders = link::start(settings, move |event| {
            if let link::Event::Room(attempt, answer) = event {
                tell(attempt, answer);
            }
        });
        drop(within);
        Ok(Self {
            orders,
            runtime: Some(runtime),
        })
    }

    pub(crate) fn ask(&self, attempt: Attempt, question: KioskQuestion) {
        // The link ends only with the line.
        let _ = self.orders.send(link::Order::AskRoom(attempt, question));
    }
}

impl Drop for KioskLine {
    fn drop(&mut self) {
        // A question that the exchange holds is not waited for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
