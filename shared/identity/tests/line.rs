//! A line comes up between those who know each other, and the reason is named when it does not.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use identity::{
    Clock, Credentials, Fingerprint, LineAuthority, NotASwitch, Party, Refusal, Subject,
    SwitchVerifier, client, refusal, server,
};
use request::{StationId, Timestamp};
use rustls::{ClientConnection, ServerConnection, Stream, pki_types::ServerName};

const NOW: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const DAY: Duration = Duration::from_hours(24);

struct Scene {
    folder: PathBuf,
    authority: LineAuthority,
}

impl Scene {
    fn set(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("minwon-line-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("authority")).unwrap();
        let authority = LineAuthority::open(&folder.join("authority"), NOW).unwrap();
        Self { folder, authority }
    }

    fn station(&self, lasts: Duration) -> Credentials {
        let party = Party::Station(StationId::new("gaon-1"));
        let issued = self.authority.issue(&party, NOW, lasts).unwrap();
        self.keep("station", &issued)
    }

    fn exchange(&self, name: &str, lasts: Duration) -> Credentials {
        let names = [name.to_owned()];
        let issued = self.authority.issue_exchange(&names, NOW, lasts).unwrap();
        self.keep("exchange", &issued)
    }

    fn switch(&self, name: &str, lasts: Duration) -> Credentials {
        let names = [name.to_owned()];
        let issued = self.authority.issue_switch(&names, NOW, lasts).unwrap();
        self.keep("switch", &issued)
    }

    fn keep(&self, name: &str, issued: &identity::Issued) -> Credentials {
        let folder = self.folder.join(name);
        Credentials::write(&folder, issued, self.authority.certificate_pem()).unwrap();
        Credentials::read(&folder).unwrap()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What the station makes of a line: whom the exchange saw, or why not.
fn speak(
    station: Credentials,
    exchange: Credentials,
    now: Timestamp,
) -> Result<Subject, Option<Refusal>> {
    speak_by_clocks(station, exchange, now, now)
}

fn speak_by_clocks(
    station: Credentials,
    exchange: Credentials,
    station_clock: Timestamp,
    exchange_clock: Timestamp,
) -> Result<Subject, Option<Refusal>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let config = server(exchange, Clock::new(move || exchange_clock)).unwrap();
    let far = thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut connection = ServerConnection::new(Arc::new(config)).unwrap();
        let mut byte = [0];
        let heard = Stream::new(&mut connection, &mut socket).read_exact(&mut byte);
        heard.ok()?;
        let subject = Subject::read(&connection.peer_certificates()?[0]).ok()?;
        Stream::new(&mut connection, &mut socket)
            .write_all(b"!")
            .ok()?;
        Some(subject)
    });
    let config = client(station, Clock::new(move || station_clock)).unwrap();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let mut connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut socket = TcpStream::connect(address).unwrap();
    let mut stream = Stream::new(&mut connection, &mut socket);
    let mut byte = [0];
    let said = stream
        .write_all(b"?")
        .and_then(|()| stream.flush())
        .and_then(|()| stream.read_exact(&mut byte));
    drop(socket);
    let seen = far.join().unwrap();
    match said {
        Ok(()) => Ok(seen.unwrap()),
        Err(error) => Err(refusal(&error)),
    }
}

#[test]
fn the_exchange_knows_which_station_speaks() {
    let scene = Scene::set("known");

    let subject = speak(scene.station(DAY), scene.exchange("127.0.0.1", DAY), NOW).unwrap();

    assert_eq!(subject.party, Party::Station(StationId::new("gaon-1")));
    assert!(!subject.has_expired(NOW + DAY));
    assert!(subject.has_expired(NOW + DAY + Duration::from_secs(1)));
}

#[test]
fn an_expired_certificate_of_the_station_is_named() {
    let scene = Scene::set("expired");
    let (station, exchange) = (scene.station(DAY), scene.exchange("127.0.0.1", DAY * 9));

    let refused = speak(station, exchange, NOW + DAY * 2);

    assert_eq!(refused, Err(Some(Refusal::OwnExpired)));
}

#[test]
fn an_expired_certificate_of_the_exchange_is_named() {
    let scene = Scene::set("their-expired");
    let (station, exchange) = (scene.station(DAY * 9), scene.exchange("127.0.0.1", DAY));

    let refused = speak(station, exchange, NOW + DAY * 2);

    assert_eq!(refused, Err(Some(Refusal::TheirsExpired)));
}

#[test]
fn a_stranger_with_an_authority_of_its_own_is_refused() {
    let (ours, theirs) = (Scene::set("ours"), Scene::set("theirs"));
    let forged = theirs.station(DAY);
    fs::copy(
        ours.folder.join("authority/line-authority.pem"),
        theirs.folder.join("station/authority.pem"),
    )
    .unwrap();
    drop(forged);
    let forged = Credentials::read(&theirs.folder.join("station")).unwrap();

    let refused = speak(forged, ours.exchange("127.0.0.1", DAY), NOW);

    assert_eq!(refused, Err(Some(Refusal::OwnRefused)));
}

#[test]
fn a_false_exchange_and_a_right_one_under_another_name_are_not_believed() {
    let (ours, theirs) = (Scene::set("mine"), Scene::set("false"));

    let false_one = speak(ours.station(DAY), theirs.exchange("127.0.0.1", DAY), NOW);
    let misnamed = speak(ours.station(DAY), ours.exchange("127.0.0.9", DAY), NOW);

    assert_eq!(false_one, Err(Some(Refusal::TheirsRefused)));
    assert_eq!(misnamed, Err(Some(Refusal::TheirsRefused)));
}

#[test]
fn a_station_whose_clock_fell_back_to_1970_still_comes_through() {
    let scene = Scene::set("clock");
    let (station, exchange) = (scene.station(DAY), scene.exchange("127.0.0.1", DAY));

    let heard = speak_by_clocks(station, exchange, Timestamp::from_millis(0), NOW);

    assert!(heard.is_ok(), "{heard:?}");
}

#[test]
fn an_authority_is_the_same_after_a_restart_and_its_key_is_nobody_elses() {
    use std::os::unix::fs::PermissionsExt;
    let mut scene = Scene::set("again");
    let exchange = scene.exchange("127.0.0.1", DAY);

    let folder = scene.folder.join("authority");
    scene.authority = LineAuthority::open(&folder, NOW + DAY * 400).unwrap();

    assert!(speak(scene.station(DAY), exchange, NOW).is_ok());
    let key = fs::metadata(folder.join("line-authority.key.pem")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
}

#[test]
fn files_that_are_not_there_or_not_what_they_say_are_named() {
    let scene = Scene::set("files");
    let read = |folder: &Path| Credentials::read(folder).unwrap_err().to_string();
    let folder = scene.folder.join("station");
    drop(scene.station(DAY));

    fs::write(folder.join("key.pem"), "nonsense").unwrap();
    let nonsense = read(&folder);
    fs::remove_file(folder.join("certificate.pem")).unwrap();
    let missing = read(&folder);

    assert!(
        nonsense.ends_with("key.pem is not the PEM file it should be"),
        "{nonsense}"
    );
    assert!(missing.ends_with("certificate.pem"), "{missing}");
}

#[test]
fn a_half_renewed_pair_is_refused_before_it_is_used() {
    let scene = Scene::set("half");
    let folder = scene.folder.join("station");
    drop(scene.station(DAY));
    let old = fs::read(folder.join("key.pem")).unwrap();
    drop(scene.station(DAY));
    fs::write(folder.join("key.pem"), old).unwrap();

    let refused = client(Credentials::read(&folder).unwrap(), Clock::new(|| NOW)).unwrap_err();

    assert!(
        refused.to_string().contains("do not belong together"),
        "{refused}"
    );
}

#[test]
fn ids_that_could_mean_something_else_in_an_address_are_not_taken() {
    assert!(identity::is_plain("gaon-1"));
    for odd in ["", ".", "../x", "a/b", "a b", "a%2f", &"x".repeat(65)] {
        assert!(!identity::is_plain(odd), "{odd}");
    }
}

#[test]
fn a_switch_is_told_from_everybody_else_whom_the_authority_has_certified() {
    let (ours, theirs) = (Scene::set("switch"), Scene::set("their-switch"));
    let switches = SwitchVerifier::new(ours.authority.certificate_pem()).unwrap();
    let judged = |shown: &Credentials, now| switches.check(shown.certificate(), now);
    let switch = ours.switch("127.0.0.1", DAY);

    let known = judged(&switch, NOW).unwrap();

    assert_eq!(known.fingerprint, Fingerprint::of(switch.certificate()));
    let late = NOW + DAY + Duration::from_secs(1);
    assert_eq!(judged(&switch, late), Err(NotASwitch::OutOfDate));
    let strangers = [
        ours.station(DAY),
        ours.exchange("127.0.0.1", DAY),
        theirs.switch("127.0.0.1", DAY),
    ];
    for stranger in &strangers {
        assert_eq!(judged(stranger, NOW), Err(NotASwitch::Stranger));
    }
    for nonsense in [b"".as_slice(), b"no certificate"] {
        let judged = switches.check(nonsense, NOW);
        assert_eq!(judged, Err(NotASwitch::Stranger));
    }
}

#[test]
fn desks_find_the_switch_by_its_name_as_they_find_the_exchange() {
    let scene = Scene::set("to-the-switch");

    let seen = speak(scene.station(DAY), scene.switch("127.0.0.1", DAY), NOW);

    assert!(seen.is_ok(), "{seen:?}");
}
