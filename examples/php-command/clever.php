<?php
// Clever's API for one district. A list is read whole, or CleverError is thrown.

declare(strict_types=1);

class CleverError extends RuntimeException {}

final class Clever
{
    // Seconds between attempts; Clever recommends 1, 2, 4, 8 and 16 in production.
    private const PAUSES = [0.1, 0.2, 0.4, 0.8, 1.6];

    private string $token;

    public function __construct(
        private readonly string $api,
        string $accounts,
        string $id,
        string $secret,
        string $district,
    ) {
        $basic = 'Basic ' . base64_encode("$id:$secret");
        $granted = $this->get("$accounts/oauth/tokens?owner_type=district", $basic)['data'];
        // Asked for in every import: a district may have a new one.
        foreach ($granted as $token) {
            if ($token['owner']['id'] === $district) {
                $this->token = $token['access_token'];
                return;
            }
        }
        throw new CleverError("Clever lists no token for district $district");
    }

    /** @return Generator<array> every record of a kind, page by page */
    public function records(string $kind): Generator
    {
        $path = "/v3.1/$kind?limit=500";
        while ($path !== null) {
            $page = $this->get($this->api . $path, "Bearer $this->token");
            if (!is_array($page['data'] ?? null)) {
                throw new CleverError("$path was answered without a list of $kind");
            }
            foreach ($page['data'] as $item) {
                yield $item['data'];
            }
            $path = array_column($page['links'], 'uri', 'rel')['next'] ?? null;
        }
    }

    private function get(string $url, string $authorization): array
    {
        foreach ([...self::PAUSES, null] as $pause) {
            [$status, $body, $reset] = $this->ask($url, $authorization);
            $answer = json_decode($body, true);
            if ($status === 200 && is_array($answer)) {
                return $answer;
            }
            if ($status >= 400 && $status < 500 && $status !== 429) {
                break; // asking again would not help
            }
            if ($pause !== null) {
                $wait = $status === 429 ? max($pause, $reset - microtime(true)) : $pause;
                usleep((int) (1e6 * min(60, $wait)));
            }
        }
        throw new CleverError("$url could not be read: " . ($status ? "status $status" : 'no answer'));
    }

    /** @return array{int, string, float} status (0: no whole answer), body, when the limit resets */
    private function ask(string $url, string $authorization): array
    {
        $context = stream_context_create(['http' => [
            'header' => ["Authorization: $authorization", 'Connection: close'],
            'ignore_errors' => true,
            'timeout' => 10,
        ]]);
        $body = @file_get_contents($url, false, $context);
        if ($body === false) {
            return [0, '', 0.0];
        }
        $headers = implode("\n", $http_response_header);
        preg_match('/^HTTP\S+ (\d+)/', $headers, $status);
        preg_match('/^content-length: *(\d+)/mi', $headers, $length);
        preg_match('/^x-ratelimit-reset: *(\d+)/mi', $headers, $reset);
        $cut = isset($length[1]) && strlen($body) < (int) $length[1];
        return [$cut ? 0 : (int) $status[1], $body, (float) ($reset[1] ?? 0)];
    }
}
