package gospelib

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const portBase = 25300

var origin string

// TestMain starts a platform to ask, or takes the one that GOSPELIB_ORIGIN names.
func TestMain(m *testing.M) {
	os.Exit(withPlatform(m.Run))
}

func withPlatform(run func() int) int {
	if origin = os.Getenv("GOSPELIB_ORIGIN"); origin != "" {
		return run()
	}
	data, err := os.MkdirTemp("", "gospelib-go-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(data)
	gl := func(words ...string) *exec.Cmd {
		return exec.Command(filepath.Join("..", "..", "gl"), append([]string{"--data", data}, words...)...)
	}
	defer func() { _ = gl("down").Run() }()
	port := strconv.Itoa(portBase)
	if said, err := gl("--port-base", port, "up", "--detach").CombinedOutput(); err != nil {
		panic(string(said))
	}
	origin = "http://" + net.JoinHostPort("localhost", port)
	return run()
}

func clientOf(t *testing.T) *Client {
	t.Helper()
	client, err := New(origin)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestAChapterIsReadAsItStands(t *testing.T) {
	chapter, err := clientOf(t).Chapter(context.Background(), "alma.32")
	if err != nil {
		t.Fatal(err)
	}
	verses := chapter.JSON200.Verses
	if len(verses) != 43 || !strings.Contains(verses[20].Text, "faith is not to have a perfect knowledge") {
		t.Errorf("another chapter: %d verses", len(verses))
	}
}

func TestASearchGoesOnOverItsPagesAndEnds(t *testing.T) {
	seen := map[string]bool{}
	pages := 0
	for page, err := range clientOf(t).Search(context.Background(), "faith") {
		if err != nil {
			t.Fatal(err)
		}
		pages++
		for _, hit := range page.JSON200.Hits {
			seen[hit.Passage.Id] = true
		}
	}
	if pages < 2 || len(seen) <= pageSize {
		t.Errorf("%d passages on %d pages", len(seen), pages)
	}
}

func TestWhatThereIsNotIsAProblem(t *testing.T) {
	_, err := clientOf(t).Chapter(context.Background(), "alma.99")
	if problem := problemIn(t, err); problem.Status != 404 || problem.Type == blank {
		t.Error(problem)
	}
}
