//! One desk's line: a task around its machine.

use std::{
    collections::VecDeque,
    future::pending,
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use cti::{
    Claim, Frames, FromDesk, LoanRefusal, Request, SignInRefusal, SwitchCommand, SwitchEnd,
    SwitchEvent, frame,
};
use request::StationId;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    sync::mpsc,
};

use super::{Heard, TOLD_MOST, ToDesk, check::Checker, listening::Kind, said::wishes};
use crate::attendance::DeskLine;

const READ_MOST: usize = 4_096;
const WRITE_MOST: usize = 16 * 1_024;
/// More than a desk that reads ever has before it.
const UNSENT_MOST: usize = 256 * 1_024;
/// To write the last frame in.
const FAREWELL: Duration = Duration::from_secs(1);

/// What a line is, and whom it tells.
pub(super) struct Line {
    pub(super) number: DeskLine,
    pub(super) station: StationId,
    pub(super) kind: Kind,
    pub(super) from: IpAddr,
    pub(super) reached_at: IpAddr,
    pub(super) checker: Arc<Checker>,
    pub(super) hear: mpsc::Sender<Heard>,
}

/// What wakes a line.
enum Woken {
    Read(std::io::Result<usize>),
    Sent(std::io::Result<Sent>),
    Told(Option<ToDesk>),
    Due,
}

/// How far sending has come.
enum Sent {
    Octets(usize),
    /// Nothing is left, in TLS neither.
    Everything,
}

/// Serves a desk until its line is down.
pub(super) async fn serve(line: Line, stream: impl AsyncRead + AsyncWrite) {
    let (mut reader, mut writer) = tokio::io::split(stream);
    let mut end = SwitchEnd::new(Instant::now());
    let mut frames = Frames::default();
    let mut unsent = VecDeque::new();
    // From the loop, while an agent is signed in or wants to be.
    let mut told: Option<mpsc::Receiver<ToDesk>> = None;
    let mut unflushed = false;
    let mut octets = [0; READ_MOST];
    loop {
        if line.carry_out(&mut end, &mut unsent, &mut told).await {
            break;
        }
        let front = unsent.as_slices().0;
        let front = front.get(..WRITE_MOST).unwrap_or(front).to_vec();
        let due = end.poll_timeout();
        let woken = tokio::select! {
            read = reader.read(&mut octets) => Woken::Read(read),
            sent = send(&mut writer, &front, unflushed) => Woken::Sent(sent),
            told = hear(&mut told) => Woken::Told(told),
            () = until(due) => Woken::Due,
        };
        let now = Instant::now();
        match woken {
            Woken::Read(Ok(0) | Err(_)) | Woken::Sent(Ok(Sent::Octets(0)) | Err(_)) => break,
            Woken::Read(Ok(count)) => {
                frames.push(octets.get(..count).unwrap_or_default());
                receive(&mut end, &mut frames, now);
            }
            Woken::Sent(Ok(Sent::Octets(count))) => {
                unsent.drain(..count);
                unflushed = true;
            }
            Woken::Sent(Ok(Sent::Everything)) => unflushed = false,
            Woken::Told(message) => {
                // After these nothing more comes.
                if matches!(message, None | Some(ToDesk::Refused(_) | ToDesk::Lent(_))) {
                    told = None;
                }
                tell(&mut end, message, now);
            }
            Woken::Due => end.handle_timeout(now),
        }
        if unsent.len() > UNSENT_MOST {
            end.handle(SwitchEvent::Overrun, now);
        }
    }
    let number = line.number;
    drop(line.hear.send(Heard::Lost { line: number }).await);
    let farewell = async {
        writer.write_all(unsent.make_contiguous()).await?;
        writer.shutdown().await
    };
    // Whoever does not read it has been told all the same.
    let _ = tokio::time::timeout(FAREWELL, farewell).await;
}

fn receive(end: &mut SwitchEnd, frames: &mut Frames, now: Instant) {
    loop {
        match frames.take::<FromDesk>() {
            Ok(None) => return,
            Ok(Some(frame)) => end.handle(SwitchEvent::Received(Ok(frame)), now),
            Err(fault) => return end.handle(SwitchEvent::Received(Err(fault)), now),
        }
    }
}

fn tell(end: &mut SwitchEnd, message: Option<ToDesk>, now: Instant) {
    let event = match message {
        Some(ToDesk::SignedIn(signed_in)) => SwitchEvent::SignInAnswered(Ok(signed_in)),
        Some(ToDesk::Refused(why)) => SwitchEvent::SignInAnswered(Err(why)),
        Some(ToDesk::Lent(answer)) => SwitchEvent::LoanAnswered(answer),
        Some(ToDesk::Show(event)) => SwitchEvent::Show(event),
        Some(ToDesk::Dismissed(why)) => SwitchEvent::Dismissed(why),
        // The loop has let go of a desk that did not keep up.
        None => SwitchEvent::Overrun,
    };
    end.handle(event, now);
}

async fn send(
    writer: &mut (impl AsyncWrite + Unpin),
    front: &[u8],
    unflushed: bool,
) -> std::io::Result<Sent> {
    if !front.is_empty() {
        return writer.write(front).await.map(Sent::Octets);
    }
    if unflushed {
        return writer.flush().await.map(|()| Sent::Everything);
    }
    pending().await
}

async fn hear(told: &mut Option<mpsc::Receiver<ToDesk>>) -> Option<ToDesk> {
    match told {
        Some(told) => told.recv().await,
        None => pending().await,
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due.into()).await,
        None => pending().await,
    }
}

impl Line {
    /// Whether the line is over.
    async fn carry_out(
        &self,
        end: &mut SwitchEnd,
        unsent: &mut VecDeque<u8>,
        told: &mut Option<mpsc::Receiver<ToDesk>>,
    ) -> bool {
        let line = self.number;
        while let Some(command) = end.poll_command() {
            match command {
                SwitchCommand::Send(said) => match frame::write(&said) {
                    Ok(octets) => unsent.extend(octets),
                    Err(error) => tracing::error!(%error, "A desk could not be told something"),
                },
                SwitchCommand::SignIn(claim) => *told = Some(self.check(claim)),
                SwitchCommand::LendTelephone => *told = Some(self.borrow_telephone().await),
                SwitchCommand::SignOut => {
                    *told = None;
                    drop(self.hear.send(Heard::SignedOut { line }).await);
                }
                SwitchCommand::Ask(Request::Quality(asked)) => {
                    drop(self.hear.send(Heard::AskedOfTalks { line, asked }).await);
                }
                SwitchCommand::Ask(request) => {
                    for wish in wishes(request) {
                        drop(self.hear.send(Heard::Wished { line, wish }).await);
                    }
                }
                SwitchCommand::Close(why) => {
                    let station = &self.station;
                    tracing::info!(%station, %why, "Closed a desk's line");
                    return true;
                }
            }
        }
        false
    }

    /// Asks for a telephone; what comes of it comes out of the receiver.
    async fn borrow_telephone(&self) -> mpsc::Receiver<ToDesk> {
        let (tell, told) = mpsc::channel(TOLD_MOST);
        match self.kind {
            Kind::Desk => drop(tell.send(ToDesk::Lent(Err(LoanRefusal::NotAKiosk))).await),
            Kind::Kiosk => {
                let borrowed = Heard::Borrowed {
                    line: self.number,
                    kiosk: self.station.clone(),
                    reached_at: self.reached_at,
                    tell,
                };
                drop(self.hear.send(borrowed).await);
            }
        }
        told
    }

    /// Has a claim looked at; what comes of it comes out of the receiver.
    fn check(&self, claim: Claim) -> mpsc::Receiver<ToDesk> {
        let (tell, told) = mpsc::channel(TOLD_MOST);
        let is_desk = self.kind == Kind::Desk;
        let (line, from, reached_at) = (self.number, self.from, self.reached_at);
        let (checker, hear) = (Arc::clone(&self.checker), self.hear.clone());
        let station = self.station.clone();
        tokio::spawn(async move {
            // No agent works at a kiosk, whatever the passphrase.
            let checked = match is_desk {
                true => checker.check(claim, from).await,
                false => Err(SignInRefusal::Unknown),
            };
            match checked {
                Ok((agent, proven)) => {
                    let came = Heard::Came {
                        line,
                        agent,
                        station,
                        proven,
                        reached_at,
                        tell,
                    };
                    drop(hear.send(came).await);
                }
                Err(why) => drop(tell.send(ToDesk::Refused(why)).await),
            }
        });
        told
    }
}
