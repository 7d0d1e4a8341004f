//! An HTTP/1.1 client: one request at a time on each of several kept connections, each answer looked at.

use std::{
    error::Error,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use memchr::memmem;

/// A request as it is sent, and the answer that it has to have.
pub(crate) struct Request {
    bytes: Vec<u8>,
    status: String,
    body: Vec<u8>,
}

impl Request {
    /// Creates a request; `head` is the request line and the headers of its own, each with its line's end.
    pub(crate) fn new(mut head: String, body: &str, status: u16, answer: String) -> Self {
        head.push_str("host: 127.0.0.1\r\naccept: application/json\r\n");
        if !body.is_empty() {
            head.push_str("content-type: application/json\r\n");
            head.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        let bytes = [head.as_bytes(), b"\r\n", body.as_bytes()].concat();
        Self { bytes, status: format!("HTTP/1.1 {status} "), body: answer.into_bytes() }
    }
}

pub(crate) struct Client {
    connections: Vec<TcpStream>,
    buffer: Vec<u8>,
    /// The index in the rotation at which the next run begins.
    next: usize,
}

impl Client {
    pub(crate) fn connect(address: SocketAddr, connections: usize) -> Result<Self, Box<dyn Error>> {
        let connect = |_| {
            let connection = TcpStream::connect(address)?;
            connection.set_nodelay(true)?;
            connection.set_read_timeout(Some(Duration::from_secs(20)))?;
            Ok::<_, std::io::Error>(connection)
        };
        let connections = (0..connections).map(connect).collect::<Result<_, _>>()?;
        Ok(Self { connections, buffer: vec![0; 16 * 1024], next: 0 })
    }

    /// Sends `count` requests in rotation, one outstanding on each connection. Returns the mean size of the answers'
    /// heads.
    pub(crate) fn run(
        &mut self,
        requests: &[Request],
        count: usize,
    ) -> Result<f64, Box<dyn Error>> {
        let (first, width) = (self.next, self.connections.len().min(count));
        self.next += count;
        let request = |number: usize| &requests[(first + number) % requests.len()];
        for number in 0..width {
            self.connections[number].write_all(&request(number).bytes)?;
        }
        let mut heads = 0;
        for number in 0..count {
            let connection = &mut self.connections[number % width];
            heads += answer(connection, &mut self.buffer, request(number))?;
            if number + width < count {
                connection.write_all(&request(number + width).bytes)?;
            }
        }
        Ok(heads as f64 / count as f64)
    }
}

/// Reads one answer, which has to be the one expected. Returns the size of its head.
fn answer(
    connection: &mut TcpStream,
    buffer: &mut [u8],
    request: &Request,
) -> Result<usize, Box<dyn Error>> {
    let mut filled = 0;
    loop {
        let read = connection.read(&mut buffer[filled..])?;
        if read == 0 {
            return Err("the server hung up".into());
        }
        filled += read;
        let Some(end) = memmem::find(&buffer[..filled], b"\r\n\r\n") else { continue };
        let (head, body) = (end + 4, &buffer[end + 4..filled]);
        if body.len() < request.body.len() {
            continue;
        }
        if body == request.body && buffer.starts_with(request.status.as_bytes()) {
            return Ok(head);
        }
        let text = String::from_utf8_lossy(&buffer[..filled]);
        return Err(format!("another answer than the one expected:\n{text}").into());
    }
}
