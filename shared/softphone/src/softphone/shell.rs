//! The thread that speaks SIP: sockets and the clock around [`Telephone`].

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, mpsc as blocking},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use media::{bridge::Terminal, plane};
use rustls::{ServerConfig, server::ResolvesServerCertUsingSni};
use signalling::{
    Binding, Callers, Credentials, NotRegistered, RsipSignalling, Signalling, TlsListener,
    UserAgent,
};
use sip::sdp::MasterKey;
use tokio::{sync::mpsc, time::sleep_until};

use super::{Fault, ports::pair};
use crate::{
    Command, Input, Opened, Order, Settings, Telephone, Transport,
    sound::{SoundOrder, Tell},
};

/// One call, one that is told that we are busy, and some that end.
const LEGS_MAX: usize = 8;
/// The registrar's connection, and what else knocks.
const CONNECTIONS_MAX: usize = 8;
/// Questions and answers that may wait.
const QUESTIONS_MAX: usize = 16;
/// How long the registrar and the other end are waited for at the end.
const FAREWELL: Duration = Duration::from_secs(2);
/// From 1900 to 1970.
const NTP_UNIX: u64 = 2_208_988_800;

/// What the lines and the registrar bring.
pub(super) struct Inbox {
    lines: mpsc::Receiver<signalling::Event>,
    answers: mpsc::Receiver<(u64, Result<Duration, NotRegistered>)>,
}

pub(super) struct Shell {
    telephone: Telephone,
    lines: RsipSignalling,
    questions: mpsc::Sender<(u64, Duration)>,
    sound: blocking::Sender<SoundOrder>,
    local: IpAddr,
    pub(super) address: SocketAddr,
    tell: Tell,
}

impl Shell {
    pub(super) async fn open(
        settings: Settings,
        registrar: SocketAddr,
        local: IpAddr,
        sound: blocking::Sender<SoundOrder>,
        tell: Tell,
    ) -> Result<(Self, Inbox), Fault> {
        let anywhere = SocketAddr::new(local, 0);
        let (udp, tcp, tls, parameter) = match &settings.transport {
            Transport::Udp => (Some(anywhere), None, None, ""),
            Transport::Tcp => (None, Some(anywhere), None, ";transport=tcp"),
            Transport::Tls(client) => {
                let tls = TlsListener {
                    address: anywhere,
                    server: nobody()?,
                    client: Some(Arc::clone(client)),
                };
                (None, None, Some(tls), ";transport=tls")
            }
        };
        let lines = signalling::Settings {
            udp,
            tcp,
            tls,
            callers: Callers::Only(vec![registrar.ip()]),
            credentials: Some(Credentials {
                account: settings.account.clone(),
                password: settings.password,
            }),
            legs_max: LEGS_MAX,
            connections_max: CONNECTIONS_MAX,
            ..signalling::Settings::default()
        };
        let (lines, events) = RsipSignalling::open(lines)
            .await
            .map_err(|fault| Fault::Lines(Box::new(fault)))?;
        let address = lines.udp_address().or(lines.tcp_address());
        let address = address.or(lines.tls_address()).unwrap_or(anywhere);
        let host = match settings.registrar.parse() {
            Ok(IpAddr::V6(address)) => format!("[{address}]"),
            _ => settings.registrar,
        };
        let place = format!("{host}:{}{parameter}", settings.port);
        let (questions, asked) = mpsc::channel(QUESTIONS_MAX);
        let (answer, answers) = mpsc::channel(QUESTIONS_MAX);
        tokio::spawn(ask(
            lines.user_agent(),
            format!("sip:{place}"),
            asked,
            answer,
        ));
        let share = 0.5 + 0.5 * f64::from(u16::from_be_bytes(random()?)) / f64::from(u16::MAX);
        let telephone = Telephone::new(settings.account, place, settings.encryption, share);
        let shell = Self {
            telephone,
            lines,
            questions,
            sound,
            local,
            address,
            tell,
        };
        let inbox = Inbox {
            lines: events,
            answers,
        };
        Ok((shell, inbox))
    }

    pub(super) async fn run(mut self, mut orders: mpsc::Receiver<Order>, mut inbox: Inbox) {
        loop {
            let due = self.telephone.poll_timeout();
            tokio::select! {
                order = orders.recv() => match order {
                    Some(order) => self.handle(Input::Order(order)),
                    None => break,
                },
                Some(input) = inbox.next() => self.handle(input),
                () = at(due) => self.telephone.handle_timeout(Instant::now()),
            }
            self.carry_out();
        }
        self.leave(inbox).await;
    }

    /// Hangs up and unregisters.
    async fn leave(mut self, mut inbox: Inbox) {
        self.handle(Input::Order(Order::HangUp));
        self.handle(Input::Order(Order::Unregister));
        let until = tokio::time::Instant::now() + FAREWELL;
        while self.telephone.is_busy() {
            tokio::select! {
                Some(input) = inbox.next() => self.handle(input),
                () = sleep_until(until) => return,
            }
        }
    }

    fn handle(&mut self, input: Input) {
        self.telephone.handle(input, Instant::now());
        self.carry_out();
    }

    fn carry_out(&mut self) {
        while let Some(command) = self.telephone.poll_command() {
            match command {
                Command::Register { number, expires } => {
                    if self.questions.try_send((number, expires)).is_err() {
                        tracing::error!("The registrar cannot be asked any more");
                    }
                }
                Command::Signal(command) => self.lines.carry_out(command),
                Command::OpenSound => {
                    let opened = self.open_sound();
                    if let Err(error) = &opened {
                        tracing::error!(%error, "A call has no place for its sound");
                    }
                    let input = Input::SoundOpened(opened.ok());
                    self.telephone.handle(input, Instant::now());
                }
                Command::ConnectSound(remote) => self.order_sound(SoundOrder::Connect(remote)),
                Command::CloseSound => self.order_sound(SoundOrder::Close),
                Command::Mute(muted) => self.order_sound(SoundOrder::Mute(muted)),
                Command::Press(digits) => self.order_sound(SoundOrder::Press(digits)),
                Command::SetVolume(volume) => self.order_sound(SoundOrder::SetVolume(volume)),
                Command::ChooseDevices(sound) => self.order_sound(SoundOrder::Choose(sound)),
                Command::Test(on) => self.order_sound(SoundOrder::Test(on)),
                Command::Tell(event) => (self.tell)(event),
            }
        }
    }

    fn order_sound(&self, order: SoundOrder) {
        if self.sound.send(order).is_err() {
            tracing::error!("The sound has stopped");
        }
    }

    fn open_sound(&mut self) -> io::Result<Opened> {
        let leg = self.lines.new_leg();
        let (address, sockets) = pair(self.local)?;
        let dice = |fault: Fault| io::Error::other(fault);
        let stream = random().map_err(dice)?;
        let number = u64::from_be_bytes(random().map_err(dice)?) >> 1;
        let key = MasterKey::new(random().map_err(dice)?);
        let id = plane::LegId(leg.number());
        let terminal = Terminal::new(id, stream, ntp(), Instant::now());
        self.order_sound(SoundOrder::Open {
            terminal: Box::new(terminal),
            sockets,
        });
        Ok(Opened {
            leg,
            address,
            number,
            key,
        })
    }
}

impl Inbox {
    async fn next(&mut self) -> Option<Input> {
        tokio::select! {
            Some(event) = self.lines.recv() => Some(Input::Line(event)),
            Some((number, answer)) = self.answers.recv() => {
                Some(Input::RegistrationAnswered { number, answer })
            }
            else => None,
        }
    }
}

/// Asks the registrar, one question after the other.
async fn ask(
    mut agent: UserAgent,
    registrar: String,
    mut questions: mpsc::Receiver<(u64, Duration)>,
    answers: mpsc::Sender<(u64, Result<Duration, NotRegistered>)>,
) {
    while let Some((number, expires)) = questions.recv().await {
        let binding = Binding {
            registrar: registrar.clone(),
            expires,
        };
        let answer = agent.register(&binding).await;
        if answers.send((number, answer)).await.is_err() {
            return;
        }
    }
}

/// Nobody reaches a telephone over TLS but by the connection it has made itself.
fn nobody() -> Result<Arc<ServerConfig>, Fault> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Fault::Tls)?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(ResolvesServerCertUsingSni::new()));
    Ok(Arc::new(config))
}

fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Fault::Randomness)?;
    Ok(bytes)
}

/// Seconds since 1900 and 2⁻³² seconds.
fn ntp() -> u64 {
    let now = SystemTime::now();
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let fraction = (u64::from(now.subsec_nanos()) << 32) / 1_000_000_000;
    ((now.as_secs() + NTP_UNIX) << 32) | fraction
}

/// Waits for a deadline; for ever when there is none.
async fn at(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due.into()).await,
        None => std::future::pending().await,
    }
}
