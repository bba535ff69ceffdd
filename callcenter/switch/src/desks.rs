//! The desks' door: agents' desks, and kiosks with a handset, come over mutual TLS, one
//! task each.
//!
//! The switch's loop never waits for a desk. It puts what a desk is told into
//! that line's own queue; a queue that is full belongs to a desk that is gone.

mod check;
mod line;
mod listening;
mod said;
mod shown;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use cti::{Closing, LoanRefusal, QualityRequest, SignInRefusal, SignedIn, TelephoneAccount};
use distributor::AgentId;
use request::StationId;
use tokio::{net::TcpListener, sync::mpsc, task::JoinHandle};

use crate::{
    attendance::{DeskLine, Proven},
    badging::{Badging, DeskClock},
    center::Center,
    passphrases::Passphrases,
    settings::DeskSettings,
    switchboard::Wish,
};
use check::Checker;
use listening::Kind;
pub(crate) use shown::{ENTRIES_MOST, dispositions, parts_of_directory, state_of, told};

/// What desks have said and the loop has not yet heard; a desk waits then.
const HEARD_MOST: usize = 1_024;
/// What one desk may be behind.
const TOLD_MOST: usize = 256;

/// What the loop hears of desks.
#[derive(Debug)]
pub(crate) enum Heard {
    /// An agent proves to be one.
    Came {
        line: DeskLine,
        agent: AgentId,
        station: StationId,
        proven: Proven,
        /// Where the desk has reached the switch.
        reached_at: IpAddr,
        tell: mpsc::Sender<ToDesk>,
    },
    Wished {
        line: DeskLine,
        wish: Wish,
    },
    /// About talks that are judged.
    AskedOfTalks {
        line: DeskLine,
        asked: QualityRequest,
    },
    SignedOut {
        line: DeskLine,
    },
    /// A kiosk wants a telephone.
    Borrowed {
        line: DeskLine,
        kiosk: StationId,
        /// Where the kiosk has reached the switch.
        reached_at: IpAddr,
        tell: mpsc::Sender<ToDesk>,
    },
    Lost {
        line: DeskLine,
    },
}

/// What a line is given to tell its desk.
#[derive(Debug)]
pub(crate) enum ToDesk {
    SignedIn(Box<SignedIn>),
    Refused(SignInRefusal),
    /// To a kiosk.
    Lent(Result<TelephoneAccount, LoanRefusal>),
    Show(cti::Event),
    Dismissed(Closing),
}

/// The door; it is shut when this is dropped.
pub(crate) struct Door {
    pub(crate) address: SocketAddr,
    /// Of the agents who come in.
    pub(crate) badging: Badging,
    listening: JoinHandle<()>,
}

impl Drop for Door {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Opens the door; without settings there is none, and nothing is ever heard.
pub(crate) async fn open(
    settings: Option<&DeskSettings>,
    passphrases: Passphrases,
    center: &Center,
) -> anyhow::Result<(Option<Door>, mpsc::Receiver<Heard>)> {
    let (hear, heard) = mpsc::channel(HEARD_MOST);
    let Some(settings) = settings else {
        return Ok((None, heard));
    };
    let credentials = identity::Credentials::read(&settings.credentials)?;
    let clock = DeskClock::new(settings.clock_starts_at);
    let badging = Badging::open(&credentials, clock)?;
    let config = identity::server(credentials, identity::Clock::new(move || clock.now()))?;
    let listener = TcpListener::bind(settings.listen).await?;
    let address = listener.local_addr()?;
    let checker = Checker::new(passphrases, center);
    let desks = settings.stations.iter().map(|it| (it, Kind::Desk));
    let kiosks = settings.kiosks.iter().map(|it| (it, Kind::Kiosk));
    let stations = kiosks.chain(desks).map(|(it, kind)| (it.clone(), kind));
    let stations = stations.collect();
    let reception = listening::Reception {
        stations,
        checker: Arc::new(checker),
        hear,
    };
    let listening = tokio::spawn(listening::listen(listener, config, reception));
    let door = Door {
        address,
        badging,
        listening,
    };
    Ok((Some(door), heard))
}
