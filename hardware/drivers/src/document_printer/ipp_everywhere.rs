//! A printer that speaks IPP Everywhere (PWG 5100.14): most A4 laser printers.

use std::time::Instant;

use devices::document_printer::{DocumentPrinterEvent, DocumentPrinterOrder};
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

/// Why no printer can be asked.
#[derive(Debug, thiserror::Error)]
pub enum NoPrinter {
    #[error("the printer's address is not a URI")]
    NoUri,
    #[error(transparent)]
    NoClient(#[from] reqwest::Error),
}

/// Starts the driver within the present Tokio runtime; it ends when the sender
/// is dropped.
///
/// # Errors
/// When the printer's address is not a URI, or no HTTP client can be set up.
pub fn start(
    settings: &IppSettings,
    tell: impl Fn(DocumentPrinterEvent) + Send + 'static,
) -> Result<UnboundedSender<DocumentPrinterOrder>, NoPrinter> {
    let uri = settings.uri.parse().map_err(|_| NoPrinter::NoUri)?;
    let client = IppClient::new(uri)?;
    let (sender, orders) = unbounded_channel();
    tokio::spawn(run(std::sync::Arc::new(client), orders, tell));
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
