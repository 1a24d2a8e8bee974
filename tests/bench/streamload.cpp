// SPDX-License-Identifier: GPL-3.0-or-later
// Both ends of many event streams, for measuring what lies between them (Linux).
//   streamload upstream   prints its port; answers every request with a paced stream
//   streamload client PORT STREAMS CHUNKS INTERVAL_MS   opens streams, prints one JSON object
// The request target names the stream: /CHUNKS/INTERVAL_MS. Each event carries the time at which it
// was sent, so that the client knows how long it was under way. Bare epoll, so that the ends cost
// little beside what is measured.

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <map>
#include <netinet/tcp.h>
#include <queue>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Nanoseconds = long long;

Nanoseconds now()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<unsigned short>(port));
    return address;
}

void raiseDescriptorLimit()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

void watch(int epoll, int descriptor)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

void noDelay(int descriptor)
{
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

std::string chunk(std::string_view data)
{
    std::array<char, 16> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", data.size());
    return std::string(size.data()).append(data).append("\r\n");
}

bool sendAll(int descriptor, const std::string &bytes)
{
    return send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) ==
           static_cast<ssize_t>(bytes.size());
}

struct Stream
{
    std::string request;
    int chunksLeft = 0;
    Nanoseconds interval = 0;
};

class Upstream
{
public:
    void run()
    {
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        bind(listener_, reinterpret_cast<sockaddr *>(&address), size);
        listen(listener_, 4096);
        getsockname(listener_, reinterpret_cast<sockaddr *>(&address), &size);
        std::printf("%d\n", ntohs(address.sin_port));
        std::fflush(stdout);
        watch(epoll_, listener_);
        for (;;)
            turn();
    }

private:
    void turn()
    {
        std::array<epoll_event, 256> events{};
        int wait = -1;
        if (!due_.empty())
            wait =
                static_cast<int>(std::max(0LL, (due_.top().first - now() + 999'999) / 1'000'000));
        const int count = epoll_wait(epoll_, events.data(), events.size(), wait);
        for (int i = 0; i < count; ++i) {
            if (events.at(i).data.fd == listener_)
                accept();
            else
                read(events.at(i).data.fd);
        }
        while (!due_.empty() && due_.top().first <= now()) {
            const auto [time, descriptor] = due_.top();
            due_.pop();
            step(descriptor, time);
        }
    }

    void accept()
    {
        for (int client; (client = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
            noDelay(client);
            watch(epoll_, client);
            streams_[client] = {};
        }
    }

    void read(int descriptor)
    {
        std::array<char, 16'384> buffer{};
        const ssize_t size = recv(descriptor, buffer.data(), buffer.size(), 0);
        if (size <= 0) {
            streams_.erase(descriptor);
            close(descriptor);
            return;
        }
        Stream &stream = streams_[descriptor];
        stream.request.append(buffer.data(), static_cast<std::size_t>(size));
        if (stream.request.find("\r\n\r\n") == std::string::npos)
            return; // requests have no body here
        int chunks = 0;
        int interval = 0;
        std::sscanf(stream.request.c_str(), "%*s /%d/%d", &chunks, &interval);
        stream = {{}, chunks, interval * 1'000'000LL};
        sendAll(descriptor, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n");
        due_.push({now() + stream.interval, descriptor});
    }

    void step(int descriptor, Nanoseconds time)
    {
        const auto found = streams_.find(descriptor);
        if (found == streams_.end() || found->second.chunksLeft == 0)
            return;
        Stream &stream = found->second;
        std::array<char, 160> event{};
        std::snprintf(
            event.data(), event.size(),
            "data: {\"sent\":%020lld,\"choices\":[{\"delta\":{\"content\":\"token\"}}]}\n\n",
            now());
        const bool last = --stream.chunksLeft == 0;
        sendAll(descriptor, chunk(event.data()) + (last ? "0\r\n\r\n" : ""));
        if (!last)
            due_.push({time + stream.interval, descriptor});
    }

    using Due = std::pair<Nanoseconds, int>;
    int epoll_ = epoll_create1(0);
    int listener_ = -1;
    std::map<int, Stream> streams_;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
};

class Client
{
public:
    Client(int port, int streams, int chunks) : port_(port), streams_(streams), chunks_(chunks) {}

    int run(int interval)
    {
        const std::string request =
            "GET /" + std::to_string(chunks_) + "/" + std::to_string(interval) +
            " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer sk-test-client\r\n\r\n";
        for (int i = 0; i < streams_; ++i)
            open(request);
        const Nanoseconds patience = now() + 60'000'000'000LL + chunks_ * interval * 1'000'000LL;
        while (open_ > 0 && now() < patience)
            turn();
        report();
        return complete_ == streams_ ? 0 : 1;
    }

private:
    void open(const std::string &request)
    {
        const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
        const sockaddr_in address = loopback(port_);
        if (connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) !=
            0) {
            close(descriptor);
            return;
        }
        noDelay(descriptor);
        sendAll(descriptor, request);
        watch(epoll_, descriptor);
        tails_[descriptor] = {};
        ++open_;
    }

    void turn()
    {
        std::array<epoll_event, 512> events{};
        const int count = epoll_wait(epoll_, events.data(), events.size(), 1000);
        for (int i = 0; i < count; ++i)
            read(events.at(i).data.fd);
    }

    void read(int descriptor)
    {
        std::array<char, 65'536> buffer{};
        const ssize_t size = recv(descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
        const Nanoseconds time = now();
        if (size < 0 && errno == EAGAIN)
            return;
        std::string &tail = tails_[descriptor];
        if (size > 0)
            tail.append(buffer.data(), static_cast<std::size_t>(size));
        constexpr std::string_view mark = "{\"sent\":";
        std::size_t from = 0;
        for (std::size_t at; (at = tail.find(mark, from)) != std::string::npos;) {
            if (at + mark.size() + 20 > tail.size())
                break;
            delays_.push_back(time - std::strtoll(tail.c_str() + at + mark.size(), nullptr, 10));
            from = at + mark.size() + 20;
        }
        const bool complete = tail.find("\r\n0\r\n\r\n", from) != std::string::npos;
        tail.erase(0, std::max(from, tail.size() > 64 ? tail.size() - 64 : 0));
        if (size <= 0 || complete) {
            complete_ += complete ? 1 : 0;
            --open_;
            tails_.erase(descriptor);
            close(descriptor);
        }
    }

    void report()
    {
        std::sort(delays_.begin(), delays_.end());
        const auto at = [&](double share) {
            if (delays_.empty())
                return 0.0;
            const auto index = static_cast<std::size_t>(share * double(delays_.size() - 1));
            return double(delays_.at(index)) / 1e6;
        };
        std::printf("{\"streams\":%d,\"complete\":%d,\"chunks\":%zu,\"median_ms\":%.3f,"
                    "\"p99_ms\":%.3f,\"max_ms\":%.3f}\n",
                    streams_, complete_, delays_.size(), at(0.5), at(0.99), at(1));
    }

    int epoll_ = epoll_create1(0);
    int port_;
    int streams_;
    int chunks_;
    int open_ = 0;
    int complete_ = 0;
    std::map<int, std::string> tails_;
    std::vector<Nanoseconds> delays_;
};

} // namespace

int main(int argc, char *argv[])
{
    raiseDescriptorLimit();
    const std::string mode = argc > 1 ? argv[1] : "";
    if (mode == "upstream" && argc == 2)
        Upstream().run();
    if (mode == "client" && argc == 6)
        return Client(std::atoi(argv[2]), std::atoi(argv[3]), std::atoi(argv[4]))
            .run(std::atoi(argv[5]));
    std::fprintf(stderr, "usage: streamload upstream | client PORT STREAMS CHUNKS INTERVAL_MS\n");
    return 2;
}
