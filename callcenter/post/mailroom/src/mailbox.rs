//! The mailbox: finds messages and moves them away when it is told to.
//!
//! What the server says is not logged: it may be somebody's letter.

mod fault;
mod inbox;
mod literals;
mod resting;

use std::{
    collections::BTreeSet,
    sync::mpsc::Sender,
    time::{Duration, Instant},
};

use mail::{MESSAGE_BYTES_MAX, NotAPetition, Petition};
use post::{Folder, Place};
use privacy::Personal;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio_rustls::TlsConnector;

use crate::{happening::Happening, settings::Incoming};
use fault::Fault;
use inbox::{Fetched, Inbox};
use resting::Resting;

/// A message that came just before the server began to tell is seen after so long.
/// RFC 2177 wants less than half an hour.
const IDLE: Duration = Duration::from_secs(60);
/// What still lies in the inbox is told of again: the disk may have been full.
const TELL_AGAIN: Duration = Duration::from_secs(10 * 60);
/// Messages that wait for the exchange at a time.
const TOLD_MAX: usize = 50;
/// Between two attempts to reach the server; each is twice as long as the last.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// A session that lasted so long was none of a row of failures.
const STEADY: Duration = Duration::from_secs(120);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    pub(crate) place: Place,
    pub(crate) folder: Folder,
}

type Orders = UnboundedReceiver<Order>;

pub(crate) struct Mailbox {
    pub(crate) settings: Incoming,
    pub(crate) password: Personal<String>,
    pub(crate) tls: TlsConnector,
    /// The office's own address.
    pub(crate) office: String,
    pub(crate) happenings: Sender<Happening>,
}

impl Mailbox {
    /// Until the post office closes.
    pub(crate) async fn watch(self, mut orders: Orders) {
        let mut resting = Resting::default();
        let mut pause = FIRST_PAUSE;
        for number in 1.. {
            let begun = Instant::now();
            let fault = match self.session(number, &mut orders, &mut resting).await {
                Ok(()) | Err(Fault::Closed) => return,
                Err(fault) => fault,
            };
            if begun.elapsed() >= STEADY {
                pause = FIRST_PAUSE;
            }
            tracing::warn!(%fault, again_in_seconds = pause.as_secs(), "The mailbox is away");
            if self.happenings.send(Happening::MailboxLost).is_err() {
                return;
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn session(
        &self,
        number: u32,
        orders: &mut Orders,
        resting: &mut Resting,
    ) -> Result<(), Fault> {
        let mut inbox = Inbox::open(&self.settings, &self.password, &self.tls).await?;
        resting.opened(inbox.validity);
        tracing::info!("The mailbox is open");
        let mut told = BTreeSet::new();
        let mut tell_again = Instant::now() + TELL_AGAIN;
        loop {
            if tell_again <= Instant::now() {
                tell_again = Instant::now() + TELL_AGAIN;
                told.clear();
            }
            for uid in self.untold(&mut inbox, &mut told, resting).await? {
                while let Ok(order) = orders.try_recv() {
                    self.carry_out(&mut inbox, number, order, &mut told).await?;
                }
                self.tell(
                    &mut inbox,
                    Place {
                        session: number,
                        uid,
                    },
                    resting,
                )
                .await?;
                told.insert(uid);
            }
            let (again, order) = inbox.idle(IDLE, orders.recv()).await?;
            inbox = again;
            if let Some(order) = order {
                let order = order.ok_or(Fault::Closed)?;
                self.carry_out(&mut inbox, number, order, &mut told).await?;
            }
            while let Ok(order) = orders.try_recv() {
                self.carry_out(&mut inbox, number, order, &mut told).await?;
            }
        }
    }

    /// The messages that are to be told of now.
    async fn untold(
        &self,
        inbox: &mut Inbox,
        told: &mut BTreeSet<u32>,
        resting: &Resting,
    ) -> Result<Vec<u32>, Fault> {
        let uids = inbox.uids().await?;
        told.retain(|it| uids.binary_search(it).is_ok());
        let room = TOLD_MAX.saturating_sub(told.len());
        let now = Instant::now();
        let untold = uids.into_iter().filter(|it| !told.contains(it));
        let untold = untold.filter(|it| !resting.rests(*it, now));
        Ok(untold.take(room).collect())
    }

    async fn tell(
        &self,
        inbox: &mut Inbox,
        place: Place,
        resting: &mut Resting,
    ) -> Result<(), Fault> {
        let fetched = match inbox.fetch(place.uid, MESSAGE_BYTES_MAX).await {
            Ok(fetched) => fetched,
            Err(fault) => {
                if resting.broke_at(place.uid, Instant::now()) {
                    tracing::error!(
                        uid = place.uid,
                        "A message cannot be fetched; it stays in the inbox and is tried in an hour"
                    );
                }
                return Err(fault);
            }
        };
        resting.came(place.uid);
        let read = match fetched {
            Fetched::Message(octets) => self.read(octets).await?,
            Fetched::TooLarge => Err(NotAPetition::TooLarge),
            Fetched::Gone => return Ok(()),
        };
        if let Err(reason) = &read {
            tracing::warn!(uid = place.uid, %reason, "A message is no petition");
        }
        let read = Box::new(read);
        let found = Happening::Found { place, read };
        self.happenings.send(found).map_err(|_| Fault::Closed)
    }

    /// It may take a second.
    async fn read(&self, octets: Vec<u8>) -> Result<Result<Petition, NotAPetition>, Fault> {
        let office = self.office.clone();
        let reading = tokio::task::spawn_blocking(move || mail::read(&octets, &office));
        match reading.await {
            Ok(read) => Ok(read),
            // A bug, and this message would meet it each time: a person looks at it.
            Err(ended) if ended.is_panic() => Ok(Err(NotAPetition::NotAMessage)),
            Err(_) => Err(Fault::Closed),
        }
    }

    async fn carry_out(
        &self,
        inbox: &mut Inbox,
        session: u32,
        Order { place, folder }: Order,
        told: &mut BTreeSet<u32>,
    ) -> Result<(), Fault> {
        // Another session's order is for a message that is found again.
        if place.session != session {
            return Ok(());
        }
        let folders = &self.settings.folders;
        let folder = match folder {
            Folder::Processed => &folders.processed,
            Folder::Refused => &folders.refused,
        };
        inbox.move_to(place.uid, folder).await?;
        told.remove(&place.uid);
        Ok(())
    }
}
