//! A printer that speaks IPP Everywhere (PWG 5100.14): most A4 laser printers.

use std::time::Instant;

use devices::document_printer::{DocumentPrinterEvent, DocumentPrinterOrder};
use ipp::prelude::Uri;
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
};

use super::{
    ipp_client::IppClient,
    ipp_job::{Answer, IppJobs},
};

#[derive(Clone, Debug)]
pub struct IppSettings {
    /// Such as `ipp://printer.local/ipp/print`.
    pub uri: String,
}

#[derive(Debug, thiserror::Error)]
#[error("the printer's address is not a URI")]
pub struct NoUri;

/// Starts the driver within the present Tokio runtime; it ends when the sender
/// is dropped.
///
/// # Errors
/// When the printer's address is not a URI.
pub fn start(
    settings: &IppSettings,
    tell: impl Fn(DocumentPrinterEvent) + Send + 'static,
) -> Result<UnboundedSender<DocumentPrinterOrder>, NoUri> {
    let uri: Uri = settings.uri.parse().map_err(|_| NoUri)?;
    let (sender, orders) = unbounded_channel();
    tokio::spawn(run(std::sync::Arc::new(IppClient::new(uri)), orders, tell));
    Ok(sender)
}

async fn run(
    client: std::sync::Arc<IppClient>,
    mut orders: UnboundedReceiver<DocumentPrinterOrder>,
    tell: impl Fn(DocumentPrinterEvent),
) {
    let mut jobs = IppJobs::new(Instant::now());
    let mut asked: Option<JoinHandle<Answer>> = None;
    loop {
        while let Some(event) = jobs.poll_told() {
            tell(event);
        }
        if let Some(question) = jobs.poll_question() {
            let client = std::sync::Arc::clone(&client);
            asked = Some(tokio::spawn(async move { client.ask(question).await }));
        }
        let due = jobs.poll_timeout().map(tokio::time::Instant::from_std);
        tokio::select! {
            order = orders.recv() => match order {
                Some(order) => jobs.order(order, Instant::now()),
                None => return,
            },
            answer = finished(&mut asked) => {
                asked = None;
                jobs.answer(answer, Instant::now());
            }
            () = until(due) => jobs.handle_timeout(Instant::now()),
        }
    }
}

async fn finished(asked: &mut Option<JoinHandle<Answer>>) -> Answer {
    match asked {
        Some(task) => task.await.unwrap_or(Answer::Unreachable),
        None => std::future::pending().await,
    }
}

async fn until(due: Option<tokio::time::Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
