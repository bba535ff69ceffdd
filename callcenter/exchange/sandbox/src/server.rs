//! The HTTP server, and the path on which it is told how to feel.

use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    path,
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    routing::{post, put},
};
use container::Document;
use signature::{AuthorityError, SignerError, TrustAnchor};
use tokio::{net::TcpListener, task::JoinHandle};
use world::World;

use crate::{
    Mood,
    answering::answer,
    inbox::{Inbox, deliver},
    samples::Samples,
};

/// Of a container that is sent.
const CONTAINER_BYTES_MAX: usize = 32 << 20;

/// There is one, and it never changes.
static WORLD: LazyLock<World> = LazyLock::new(World::hanbit);

pub(crate) fn hanbit() -> &'static World {
    &WORLD
}

/// Why the networks are not up.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("cannot listen")]
    Listen(#[source] io::Error),
    #[error("cannot make the key of the agency that takes documents")]
    Inbox(#[source] AuthorityError),
    #[error("cannot read the catalogue")]
    Catalog(#[source] catalog::Error),
}

pub(crate) struct Networks {
    pub(crate) inbox: Inbox,
    pub(crate) samples: Samples,
    moods: Mutex<BTreeMap<String, Mood>>,
    answered: AtomicU64,
}

impl Networks {
    pub(crate) fn mood(&self, network: &str) -> Mood {
        let moods = self.moods.lock().unwrap_or_else(PoisonError::into_inner);
        moods.get(network).copied().unwrap_or_default()
    }

    fn set_mood(&self, network: String, mood: Mood) {
        self.moods
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(network, mood);
    }

    /// The security server's own id of an exchange of messages.
    pub(crate) fn next_id(&self) -> String {
        let count = self.answered.fetch_add(1, Ordering::Relaxed);
        format!("00000000-0000-8000-8000-{count:012x}")
    }
}

/// The running sandbox; it ends when this is dropped.
pub struct Running {
    address: SocketAddr,
    networks: Arc<Networks>,
    task: JoinHandle<()>,
}

impl Running {
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn set_mood(&self, network: &str, mood: Mood) {
        self.networks.set_mood(network.to_owned(), mood);
    }

    /// Who vouches for the receipts of the agency that takes documents, in PEM.
    pub fn inbox_authority(&self) -> &str {
        self.networks.inbox.authority()
    }

    /// Has that agency believe the senders whom this authority vouches for.
    ///
    /// # Errors
    /// When it is no certificate.
    pub fn believe_senders(&self, authority: &[u8]) -> Result<(), SignerError> {
        self.networks.inbox.believe(TrustAnchor::read(authority)?);
        Ok(())
    }

    /// What that agency has taken, by the ids of the deliveries.
    pub fn inbox(&self) -> Vec<(String, Vec<Document>)> {
        self.networks.inbox.taken()
    }

    /// Runs until the process ends.
    pub async fn forever(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts the sandbox at `address`. What it has no records for it answers from the
/// samples of the catalogue, if there is one.
///
/// # Errors
/// When the address is taken or the catalogue cannot be read.
pub async fn start(
    address: SocketAddr,
    catalog: Option<&path::Path>,
) -> Result<Running, StartError> {
    // Now, so that the first question need not wait for it.
    LazyLock::force(&WORLD);
    let samples = catalog.map_or_else(|| Ok(Samples::default()), Samples::read);
    let networks = Arc::new(Networks {
        inbox: Inbox::open().map_err(StartError::Inbox)?,
        samples: samples.map_err(StartError::Catalog)?,
        moods: Mutex::default(),
        answered: AtomicU64::new(0),
    });
    let router = Router::new()
        .route(
            "/r1/{instance}/{class}/{member}/{subsystem}/{service}",
            post(answer),
        )
        .route(
            "/r1/{instance}/{class}/{member}/{subsystem}/inbox",
            post(deliver).layer(DefaultBodyLimit::max(CONTAINER_BYTES_MAX)),
        )
        .route("/moods/{network}", put(feel))
        .with_state(Arc::clone(&networks));
    let listener = TcpListener::bind(address)
        .await
        .map_err(StartError::Listen)?;
    let address = listener.local_addr().map_err(StartError::Listen)?;
    let task = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "The sandbox stopped");
        }
    });
    Ok(Running {
        address,
        networks,
        task,
    })
}

async fn feel(
    State(networks): State<Arc<Networks>>,
    Path(network): Path<String>,
    Json(mood): Json<Mood>,
) -> StatusCode {
    networks.set_mood(network, mood);
    StatusCode::NO_CONTENT
}
