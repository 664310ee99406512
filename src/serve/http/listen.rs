//! Where the server listens, and under which names it answers. In: what was asked for. Out: a listener, and [`Names`].
//! [`listen`] is the entry.

use std::{
    io,
    net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs as _},
};

use crate::serve::Ask;

/// Ports that are tried after the one that was asked for.
const MORE_PORTS: u16 = 100;

/// The names under which the server answers.
#[derive(Debug)]
pub(in crate::serve) struct Names {
    /// As it was asked for, lower case.
    bind: String,
    address: IpAddr,
    pub(in crate::serve) port: u16,
}

/// Listens at the port that was asked for, or the next that is free.
///
/// # Errors
/// What cannot be done, in one line.
pub(in crate::serve) fn listen(ask: &Ask) -> Result<(TcpListener, Names), String> {
    let Ask { bind, port, .. } = ask;
    let name = bind.trim_start_matches('[').trim_end_matches(']');
    let address = (name, *port).to_socket_addrs().ok().and_then(|mut all| all.next());
    let address = address.ok_or_else(|| format!("`{bind}` is no address of this machine"))?.ip();
    let last = match (ask.strict_port, port) {
        (true, _) | (false, 0) => *port,
        (false, port) => port.saturating_add(MORE_PORTS),
    };
    for candidate in *port..=last {
        match TcpListener::bind(SocketAddr::new(address, candidate)) {
            Ok(listener) => {
                let port = listener.local_addr().map_or(candidate, |it| it.port());
                return Ok((listener, Names { bind: name.to_ascii_lowercase(), address, port }));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(format!("cannot listen at {bind}:{candidate}: {error}")),
        }
    }
    if *port == last {
        Err(format!("port {port} at {bind} is busy"))
    } else {
        Err(format!("ports {port} to {last} at {bind} are busy"))
    }
}

impl Names {
    /// Where a browser finds the server: `http://127.0.0.1:4000`.
    pub(in crate::serve) fn origin(&self) -> String {
        let host = match self.address {
            address if address.is_unspecified() => "localhost".to_owned(),
            _ if self.bind.parse::<IpAddr>().is_err() => self.bind.clone(),
            IpAddr::V6(address) => format!("[{address}]"),
            IpAddr::V4(address) => address.to_string(),
        };
        format!("http://{host}:{}", self.port)
    }

    /// Whether a request that names this host is meant for this server. A page of another site can make a browser ask a
    /// name of its own that leads here, but no address and none of our names.
    pub(in crate::serve) fn know(&self, host: &str) -> bool {
        let host = host.trim().to_ascii_lowercase();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
            _ => host.as_str(),
        };
        let name = name.trim_end_matches('.');
        let address: Option<IpAddr> =
            name.trim_start_matches('[').trim_end_matches(']').parse().ok();
        match address {
            Some(address) => self.address.is_unspecified() || self.answers(address),
            None => {
                let is_local = name == "localhost" || name.ends_with(".localhost");
                name == self.bind
                    || (is_local && (self.address.is_loopback() || self.address.is_unspecified()))
            }
        }
    }

    fn answers(&self, address: IpAddr) -> bool {
        address == self.address || (address.is_loopback() && self.address.is_loopback())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(bind: &str, address: &str) -> Option<Names> {
        Some(Names { bind: bind.to_owned(), address: address.parse().ok()?, port: 4000 })
    }

    #[test]
    fn only_its_own_names_are_known() {
        let local = names("127.0.0.1", "127.0.0.1");
        let knows = |host| local.as_ref().is_some_and(|it| it.know(host));
        for host in [
            "localhost",
            "localhost:4000",
            "127.0.0.1:4000",
            "[::1]:4000",
            "LOCALHOST.",
            "a.localhost:1",
        ] {
            assert!(knows(host), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:4000",
            "localhost.evil.example",
            "192.168.0.7",
            "",
            "127.0.0.1.evil",
        ] {
            assert!(!knows(host), "{host}");
        }
        let open = names("0.0.0.0", "0.0.0.0");
        let knows = |host| open.as_ref().is_some_and(|it| it.know(host));
        assert!(knows("192.168.0.7:4000") && knows("localhost") && !knows("evil.example"));
        let named = names("news.test", "192.168.0.7");
        let knows = |host| named.as_ref().is_some_and(|it| it.know(host));
        assert!(knows("news.test:4000") && knows("192.168.0.7") && !knows("127.0.0.1"));
    }
}
