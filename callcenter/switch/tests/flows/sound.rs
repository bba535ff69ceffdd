//! Keys and packets as bad networks and strangers send them.

use std::{
    net::{SocketAddr, UdpSocket},
    time::Duration,
};

use flows::Peer;

use crate::{
    house::House,
    scenario::Scenario,
    surveying,
    telephone::{Telephone, header},
};

/// The payload type of keys (RFC 4733) this telephone offers.
const KEYS: u8 = 101;
/// Longer than a switch at work takes to say its first word.
const PATIENCE: Duration = Duration::from_secs(20);
/// Samples of a packet of 20 ms.
const PACKET: u32 = 160;
const STRANGER: &str = "127.0.0.2:0";
const HERE: &str = "127.0.0.1:0";

/// A telephone in a call, with its socket for sound and where that goes.
struct InCall {
    telephone: Telephone,
    /// The header it speaks within the call by.
    to: String,
    sound: UdpSocket,
    switch: SocketAddr,
}

impl InCall {
    async fn calls(number: &str, house: SocketAddr) -> Self {
        let sound = UdpSocket::bind(HERE).unwrap();
        let mut telephone = Telephone::over_udp(house).await;
        let line = format!("INVITE sip:{number}@house");
        let invite = telephone.request(&line, 1, &[], &offer(&sound));
        telephone.says(&invite).await;
        let answer = telephone.hears_final().await;
        let to = format!("To: {}", header(&answer, "To"));
        let port = answer.split_once("m=audio ").unwrap().1;
        let port = port.split(' ').next().unwrap().parse().unwrap();
        let switch = SocketAddr::new(house.ip(), port);
        let ack = telephone.request(&format!("ACK sip:{number}@house"), 1, &[&to], "");
        telephone.says(&ack).await;
        hear_something(&sound);
        Self {
            telephone,
            to,
            sound,
            switch,
        }
    }

    fn sends(&self, packet: &[u8]) {
        self.sound.send_to(packet, self.switch).unwrap();
    }

    /// Sound of nobody, so that the switch knows where it comes from.
    fn speaks(&self) {
        for number in 0..5_u16 {
            let mut packet = rtp(0, false, number, PACKET * u32::from(number));
            packet.extend([0xff; PACKET as usize]);
            self.sends(&packet);
        }
    }

    async fn hangs_up(mut self) {
        let bye = self
            .telephone
            .request("BYE sip:110@house", 2, &[&self.to], "");
        self.telephone.says(&bye).await;
        let answer = self.telephone.hears_final().await;
        assert!(answer.starts_with("SIP/2.0 200 "), "{answer}");
    }
}

/// What a telephone offers that hears by this socket.
pub(crate) fn offer(sound: &UdpSocket) -> String {
    format!(
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
         m=audio {} RTP/AVP 0 {KEYS}\r\na=rtpmap:{KEYS} telephone-event/8000\r\n",
        sound.local_addr().unwrap().port()
    )
}

/// Whom the switch speaks to it also listens to; what comes before is lost.
pub(crate) fn hear_something(sound: &UdpSocket) {
    sound.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut packet = [0; 400];
    sound.recv(&mut packet).unwrap();
}

/// The header of a packet (RFC 3550 §5.1).
fn rtp(payload: u8, marker: bool, number: u16, timestamp: u32) -> Vec<u8> {
    let mut packet = vec![0x80, payload | if marker { 0x80 } else { 0 }];
    packet.extend(number.to_be_bytes());
    packet.extend(timestamp.to_be_bytes());
    packet.extend(7_u32.to_be_bytes());
    packet
}

/// A key's packets, three of which say that it was let go (RFC 4733 §2.5.1.4).
fn key(event: u8, first: u16, timestamp: u32) -> Vec<Vec<u8>> {
    let packet = |place: u16| {
        let end = if place >= 3 { 0x80 } else { 0 };
        let lasted = 160 * (place.min(3) + 1);
        let mut packet = rtp(KEYS, place == 0, first + place, timestamp);
        packet.extend([event, end | 10]);
        packet.extend(lasted.to_be_bytes());
        packet
    };
    (0..6).map(packet).collect()
}

/// Waits until the switch has written which queue the caller waits in.
fn queue_of(house: House) -> (crate::house::Closed, String) {
    let closed = house.closed();
    let queued = closed.facts.facts(1);
    let queued = queued.iter().find(|it| it["type"] == "queued").unwrap();
    let queue = queued["queue"].as_str().unwrap().to_owned();
    (closed, queue)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a whole call; `make call-test` plays it"]
async fn keys_come_twice_and_in_disorder() {
    let house = House::open("keys come twice and in disorder", Peer::Octets);
    let call = InCall::calls("120", house.udp).await;
    call.speaks();

    // Pressed once it leads to another menu, pressed twice into the wrong queue.
    let first = key(1, 10, 2_000);
    for place in [1, 0, 3, 2, 4, 4, 5, 3, 1] {
        call.sends(&first[place]);
    }
    let second = key(2, 20, 6_000);
    for place in [0, 2, 1, 5, 4, 3, 5] {
        call.sends(&second[place]);
    }
    house.center.comes_to("waiting=1");
    call.hangs_up().await;

    let (closed, queue) = queue_of(house);
    assert_eq!(queue, "general");
    closed.saw("1 and 2, each once");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a whole call; `make call-test` plays it"]
async fn a_strangers_packets_are_not_heard() {
    let house = House::open("packets from a wrong address", Peer::Octets);
    let call = InCall::calls("120", house.udp).await;
    let stranger = UdpSocket::bind(STRANGER).unwrap();
    let late = UdpSocket::bind(HERE).unwrap();

    // 3 would lead into the wrong queue.
    for packet in key(3, 10, 2_000) {
        stranger.send_to(&packet, call.switch).unwrap();
    }
    call.speaks();
    for packet in key(3, 10, 2_000) {
        stranger.send_to(&packet, call.switch).unwrap();
        late.send_to(&packet, call.switch).unwrap();
    }
    for packet in key(2, 20, 6_000) {
        call.sends(&packet);
    }
    house.center.comes_to("waiting=1");
    call.hangs_up().await;

    let (closed, queue) = queue_of(house);
    assert_eq!(queue, "general");
    closed.saw("another host and another port are not heard");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a whole call; `make call-test` plays it"]
async fn a_survey_is_answered_by_a_key_and_by_silence() {
    let house = surveying::house("the survey after the talk is answered", Peer::Octets);
    let agent = Scenario::agent().takes_the_call().waits(1_000).hangs_up();
    let agent = house.agent("agent-1", &agent);
    let mut call = InCall::calls("110", house.udp).await;
    call.speaks();
    agent.succeeds();
    house.center.comes_to("surveys=1");

    for packet in key(5, 10, 2_000) {
        call.sends(&packet);
    }
    let bye = call.telephone.hears().await;
    assert!(bye.starts_with("BYE "), "{bye}");
    let answer = call.telephone.response(&bye, "200 OK", "");
    call.telephone.says(&answer).await;

    let closed = house.closed();
    assert_eq!(closed.facts.facts(1)[6]["answer"], 5);
    let ends = ["survey-answered", "caller-left"];
    closed.wrote(&[&surveying::BEGUN[..], &ends].concat());
}
